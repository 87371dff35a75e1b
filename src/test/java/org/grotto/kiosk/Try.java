package org.grotto.kiosk;
import java.nio.file.Path;
import javax.imageio.ImageIO;
public class Try {
  public static void main(String[] a) throws Exception {
    KioskOptions o = KioskOptions.of(Path.of("x")).withView(a[0]).withShow(a.length>2?a[2]:"mesh").withSize(1280,720);
    if (a.length>3) o = o.withLight(Double.parseDouble(a[3]), Double.parseDouble(a[4]));
    if (a.length>5) o = o.withLanguage(a[5]);
    var info = TestRoom.info();
    var view = info.views().stream().filter(v->v.name().equals(a[0])).findFirst().get();
    var model = new KioskModel(info, new double[3], false, o, view);
    if (a.length>6) model.go(KioskModel.Go.valueOf(a[6]));
    if (a.length>7) model.tool(KioskModel.Tool.valueOf(a[7]));
    long t=System.nanoTime();
    var shot = Kiosk.shoot(model, o, new TestRoom(5));
    System.out.println(shot.stats()+" "+(System.nanoTime()-t)/1e9);
    ImageIO.write(shot.image(),"png",new java.io.File(a[1]));
  }
}
