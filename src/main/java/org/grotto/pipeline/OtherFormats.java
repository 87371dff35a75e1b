package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.Format;
import org.grotto.format.cameras.CameraFiles;

/**
 * Files that are of none of {@link Formats#ALL}: formats of one program, each with the program that exports an open one,
 * and those that PDAL reads (as its documentation lists its readers); all others are refused as unknown.
 */
final class OtherFormats {
    /**
     * A format that only its own program opens.
     *
     * @param endings of the files' names, by blanks
     * @param begins how such a file begins, in Latin-1; empty where that is not known
     * @param what it is
     * @param how to get a file that Grotto reads
     */
    private record Closed(String endings, String begins, String what, String how) {}

    private static final String BLENDER = "export it as GLB or OBJ from Blender";

    private static final List<Closed> CLOSED = List.of(
            new Closed("fls", "", "a scan of FARO's own format", "export it as E57 from FARO SCENE"),
            new Closed("fws lsproj", "", "a project of FARO SCENE", "export its scans as E57 from FARO SCENE"),
            new Closed(
                    "zfs zfprj",
                    "",
                    "a scan of Zoller + Fröhlich's own format",
                    "export it as E57 from Z+F LaserControl"),
            new Closed(
                    "rdbx rdb rxp rsp", "", "a scan of RIEGL's own format", "export it as E57 or LAZ from RiSCAN PRO"),
            new Closed("rcp rcs", "", "a project of Autodesk ReCap", "export it as E57 from ReCap"),
            new Closed("imp", "", "a database of Leica Cyclone", "export it as E57 from Cyclone"),
            new Closed("ptg", "", "a scan of Leica's own format", "export it as E57 or PTX from Cyclone"),
            new Closed(
                    "lgs lgsx b2g bpl",
                    "",
                    "a project of Leica's own format",
                    "export it as E57 from Cyclone REGISTER 360"),
            new Closed(
                    "cl3 clr",
                    "",
                    "a scan of Topcon's own format",
                    "export it as E57 from Topcon ScanMaster or MAGNET Collage"),
            new Closed(
                    "tzf tzs rwp rwcx",
                    "",
                    "a scan of Trimble's own format",
                    "export it as E57 from Trimble RealWorks"),
            new Closed("dp", "", "a scan of DotProduct's own format", "export it as E57 from Dot3D"),
            new Closed(
                    "pod",
                    "",
                    "a cloud of Bentley Pointools",
                    "export it as E57 or LAS from Pointools or MicroStation"),
            new Closed(
                    "", "CCB2", "a cloud of CloudCompare's own format", "save it as E57, LAZ or PLY from CloudCompare"),
            new Closed(
                    "psx psz",
                    "",
                    "a project of Agisoft Metashape",
                    "export its model as OBJ or its points as E57 from Metashape"),
            new Closed(
                    "rcproj rsproj",
                    "",
                    "a project of RealityScan (RealityCapture)",
                    "export its model as OBJ from RealityScan"),
            new Closed(
                    "skp",
                    "\u00ff\u00fe\u00ff\u000eS\u0000k\u0000e\u0000t\u0000c\u0000h\u0000U\u0000p",
                    "a model of SketchUp",
                    "export it as OBJ or glTF from SketchUp"),
            new Closed("max", "", "a scene of 3ds Max", "export it as OBJ from 3ds Max"),
            new Closed("3dm", "3D Geometry File Format", "a model of Rhino", "export it as OBJ or STL from Rhino"),
            new Closed("c4d", "", "a scene of Cinema 4D", "export it as OBJ or glTF from Cinema 4D"),
            new Closed("ma mb", "", "a scene of Maya", "export it as OBJ from Maya"),
            new Closed("fbx", "Kaydara FBX Binary", "FBX, which Grotto does not read", BLENDER),
            new Closed("blend", "BLENDER", "a scene of Blender", BLENDER),
            new Closed("usdz usd usda usdc", "PXR-USDC", "USD, which Grotto does not read", BLENDER),
            new Closed("dae", "", "COLLADA, which Grotto does not read", BLENDER),
            new Closed(
                    "tar tgz tbz tbz2 txz 7z rar xz bz2 zst",
                    "",
                    "an archive of another kind than gzip and zip, which Grotto opens",
                    "unpack the scan or mesh in it"),
            new Closed(
                    "dwg",
                    "AC10",
                    "a drawing of AutoCAD",
                    "export its meshes as STL from AutoCAD, its points as E57 from ReCap"),
            new Closed(
                    "dxf",
                    "AutoCAD Binary DXF",
                    "DXF, a drawing, which Grotto does not read",
                    "export its meshes as STL or OBJ from AutoCAD or Rhino"),
            new Closed(
                    "step stp iges igs sldprt",
                    "ISO-10303-21",
                    "a solid model, which Grotto does not read",
                    "export it as STL or OBJ from FreeCAD"));

    /** Endings of what PDAL reads, and Grotto does not by itself. */
    private static final Set<String> PDAL = Set.of(
            "bpf",
            "csd",
            "drc",
            "fbi",
            "h5",
            "i3s",
            "icebridge",
            "mat",
            "mbs",
            "nitf",
            "nsf",
            "ntf",
            "npy",
            "qi",
            "sbet",
            "slpk",
            "smrmsg",
            "spz",
            "sqlite",
            "tdb",
            "tif",
            "tiff",
            "tiledb",
            "tindex",
            "vrt");

    private OtherFormats() {}

    /** Refuses a file that begins as one of another program's, or as a camera set, whatever its name. */
    static void refuseBegun(Path path, FileHead head) {
        for (Closed c : CLOSED) {
            if (!c.begins.isEmpty() && head.startsWith(c.begins)) {
                throw refused(path, c);
            }
        }
        if (CameraFiles.is(path)) {
            throw GrottoException.unsupported(
                    path,
                    "is a camera set, which has no surface; name it in build together with its scans or its mesh.");
        }
        String part = CameraFiles.part(path);
        if (part != null) {
            throw GrottoException.unsupported(path, part);
        }
    }

    private static GrottoException refused(Path path, Closed c) {
        return GrottoException.unsupported(path, "is " + c.what + "; " + c.how + ", and name that file.");
    }

    /** What {@code path}, which is of none of the formats listed, is read with; or the refusal that says what it is. */
    static Format of(Path path, String ending, Format pdal) {
        for (Closed c : CLOSED) {
            if (!ending.isEmpty() && List.of(c.endings.split(" ")).contains(ending)) {
                throw refused(path, c);
            }
        }
        if (PDAL.contains(ending)) {
            return pdal;
        }
        throw GrottoException.badInput(
                path,
                "is of no format that Grotto knows, by its beginning and by the ending of its name. It reads points of "
                        + Formats.pointsRead() + " and meshes of " + Formats.meshesRead()
                        + "; export it as one of them.");
    }
}
