package org.grotto.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.format.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names above columns: what they mean, where they stand, and what unit they say. */
class HeadingTest {
    @TempDir
    Path dir;

    private TextReader open(String text) throws Exception {
        return TextReader.open(Files.writeString(dir.resolve("t.csv"), text));
    }

    /** The first line has the values 1 2 3 ... in the file's order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "X,Y,Z|1 2 3|-",
                "Z,Y,X|3 2 1|-",
                "X [m],Y [m],Z [m]|1 2 3|1",
                "X (mm),Y (mm),Z (mm)|1 2 3|0.001",
                "x_m,y_m,z_m|1 2 3|1",
                "X/m,Y/m,Z/m|1 2 3|1",
                "X cm,Y cm,Z cm|1 2 3|0.01",
                "X[ft],Y[ft],Z[ft]|1 2 3|0.3048",
                "X,Y,Z [m]|1 2 3|1",
                "Easting,Northing,Elevation|1 2 3|-",
                "Northing,Easting,Elevation|2 1 3|-",
                "N,E,Z|2 1 3|-",
                "E,N,H|1 2 3|-",
                "Northing (m),Easting (m),Height (m)|2 1 3|1",
                "X(北),Y(东),H|2 1 3|-",
                "X,Y,H|1 2 3|-",
                "东坐标(m),北坐标(m),高程(m)|1 2 3|1",
                "北坐标,东坐标,高程|2 1 3|-",
                "北,东,高|2 1 3|-",
                "X坐标,Y坐标,Z坐标|1 2 3|-",
                "纵坐标,横坐标,高程|2 1 3|-",
                "Rechtswert,Hochwert,Höhe|1 2 3|-",
                "POINT_X,POINT_Y,POINT_Z|1 2 3|-",
                "//X,Y,Z|1 2 3|-",
                "# x,y,z|1 2 3|-",
                "#X Y Z|1 2 3|-",
                "'\"X\",\"Y\",\"Z\"'|1 2 3|-",
                "X Y Z|1 2 3|-",
                "X;Y;Z;|1 2 3|-",
                "X,Y,Z,|1 2 3|-",
                "X [m] Y [m] Z [m]|1 2 3|1",
            })
    void namesOfThree(String heading, String xyz, Double metres) throws Exception {
        TextReader r = open(heading.replace("'", "") + "\n1,2,3\n11,12,13\n");
        assertThat(Points.all(r, 0).getFirst())
                .containsExactly(java.util.Arrays.stream(xyz.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
        assertThat(r.stated().metres()).isEqualTo((Double) (metres == null ? Double.NaN : metres));
        assertThat(r.format()).isEqualTo("text with named columns");
        assertThat(Points.all(r, 0)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Point,X,Y,Z|- x y z",
                "点号,X,Y,Z|- x y z",
                "点名,编码,东,北,高|- - x y z",
                "ID,X,Y,Z,Description|- x y z -",
                "N,X,Y,Z|N x y z",
                "x,y,z,R,G,B|x y z red green blue",
                "x,y,z,Rf,Gf,Bf|x y z red green blue",
                "x,y,z,红,绿,蓝|x y z red green blue",
                "x,y,z,Reflectance|x y z intensity",
                "x,y,z,强度|x y z intensity",
                "x,y,z,Scalar_Intensity|x y z intensity",
                "x,y,z,rgb|x y z rgb",
                "x,y,z,normal_x,normal_y,normal_z|x y z nx ny nz",
                "x,y,z,NormalX,NormalY,NormalZ|x y z nx ny nz",
                "x,y,z,GPS time (s)|x y z time",
                "x,y,z,classification,roughness|x y z classification roughness",
                "x,y,z,h|x y z h",
                "x,y,z,a,a|x y z a a_2",
            })
    void namesOfOthers(String heading, String roles) throws Exception {
        int n = heading.split(",").length;
        StringBuilder line = new StringBuilder("0.5");
        for (int i = 1; i < n; i++) {
            line.append(',').append(i + 1).append(".5");
        }
        String text = heading.contains("Rf") || heading.contains("R,") || heading.contains("红")
                ? "1,2,3,0.5,0.25,0.75"
                : line.toString();
        TextReader r = open(heading + "\n" + text + "\n" + text + "\n");
        Points.all(r, 0);
        assertThat(r.understood().getFirst().replaceFirst(" \\(.*?\\)(?=;)", ""))
                .startsWith("columns " + roles + ";");
    }

    @Test
    void unitsInALineOfTheirOwn() throws Exception {
        TextReader r = open("X,Y,Z,R\nmm,mm,mm,\n1,2,3,4\n5,6,7,8\n");
        assertThat(r.stated().metres()).isEqualTo(0.001);
        assertThat(Points.all(r, 0)).hasSize(2);
    }

    @Test
    void heightsMayHaveTheirOwnUnit() throws Exception {
        TextReader r = open("X [m],Y [m],Z [mm]\n1,2,3\n");
        assertThat(r.stated().metres()).isEqualTo(1);
        assertThat(r.stated().upMetres()).isEqualTo(0.001);
        assertThatThrownBy(() -> open("X [m],Y [mm],Z [mm]\n1,2,3\n")).isInstanceOf(GrottoException.class);
    }

    @Test
    void degreesAreTold() throws Exception {
        TextReader r = open("lat,lon,height\n34.5,109.2,400\n");
        assertThat(Points.all(r, 0).getFirst()).containsExactly(109.2, 34.5, 400);
        assertThat(r.stated().degrees()).isTrue();
    }

    @Test
    void commentsSayUnits() throws Exception {
        assertThat(open("# units: mm\n1 2 3\n").stated().metres()).isEqualTo(0.001);
    }

    @Test
    void rowNamesHaveNoName() throws Exception {
        assertThat(Points.all(open(",x,y,z\n0,1,2,3\n1,4,5,6\n"), 0).get(1)).containsExactly(4, 5, 6);
        assertThat(Points.all(open("\"x\" \"y\" \"z\"\n\"1\" 1.5 2 3\n\"2\" 4 5 6\n"), 0)
                        .get(1))
                .containsExactly(4, 5, 6);
    }

    @Test
    void titlesAreToldAndPassedOver() throws Exception {
        TextReader r = open("Survey of the cave, spring\nx,y,z\n1,2,3\n");
        assertThat(Points.all(r, 0)).hasSize(1);
        assertThat(r.notKept()).containsExactly("line 1, before the points: \"Survey of the cave, spring\"");
    }

    @Test
    void headingsThatDoNotGoWithTheLinesAreRefused() {
        assertThatThrownBy(() -> open("x,y,z,intensity\n1,2,3\n"))
                .hasMessageContaining("line 1: 4 columns are named, but there are 3 values in line 2");
        assertThatThrownBy(() -> open("x,y,x\n1,2,3\n")).hasMessageContaining("which columns are x, y and z");
        assertThatThrownBy(() -> open("x,y,z\n1,2,a\n1,2,b\n")).isInstanceOf(GrottoException.class);
    }

    @Test
    void wordsInANamedColumnAreTold() throws Exception {
        TextReader r = open("x,y,z,date\n1,2,3,2024-01-05\n4,5,6,2024-01-06\n");
        assertThat(Points.all(r, 0).get(1)).containsExactly(4, 5, 6);
        assertThat(r.notKept()).containsExactly("column 4 \"date\" (words, as names of points)");
    }

    /** As COLMAP writes points3D.txt: a heading among comments whose last column is a list, as long as each line wants. */
    @Test
    void aListBehindTheColumnsIsPassedOverAndTold() throws Exception {
        String head = "# 3D point list with one line of data per point:\n"
                + "#   POINT3D_ID, X, Y, Z, R, G, B, ERROR, TRACK[] as (IMAGE_ID, POINT2D_IDX)\n"
                + "# Number of points: 3, mean track length: 2.33\n";
        String points = "63390 1.5 0.25 0.5 115 121 122 1.25 16 6542 15 7345 6 6714\n"
                + "63376 -2.5 0.75 4 104 105 110 0.5 16 6519\n7 3 4 5 1 2 255 0.125 1 2 3 4\n";
        TextReader r = open(head + points);
        assertThat(Points.all(r, 0))
                .containsExactly(
                        new double[] {1.5, 0.25, 0.5, 115, 121, 122, 1.25},
                        new double[] {-2.5, 0.75, 4, 104, 105, 110, 0.5},
                        new double[] {3, 4, 5, 1, 2, 255, 0.125});
        assertThat(r.understood()).containsExactly("columns - x y z red green blue ERROR; 3 points");
        assertThat(r.notKept())
                .containsExactly(
                        "list \"TRACK\" of each point", "column 1 \"POINT3D_ID\" (numbers of points, or of lines)");
        assertThatThrownBy(() -> Points.all(open(head + points + "8 1 2 3 4\n"), 0))
                .hasMessageContaining("line 7: 8 values were expected, found 5");
    }

    @Test
    void aListMayFollowAPlainHeadingAndCommas() throws Exception {
        TextReader r = open("x,y,z,views[]\n1,2,3,4,5,6\n7,8,9\n10,11,12,13\n");
        assertThat(Points.all(r, 0))
                .containsExactly(new double[] {1, 2, 3}, new double[] {7, 8, 9}, new double[] {10, 11, 12});
        assertThat(r.notKept()).containsExactly("list \"views\" of each point");
        assertThat(open("x,y,z,views[]\n1,2,3,4\n5,6,7,8\n").scans().getFirst().columns())
                .hasSize(1);
    }
}
