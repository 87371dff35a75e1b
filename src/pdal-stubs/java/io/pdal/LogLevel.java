package io.pdal;

import scala.Enumeration;

/** Signature of pdal-java's class; seen by the compiler alone, never packaged. */
public final class LogLevel {
    private LogLevel() {}

    public static native Enumeration.Value Error();
}
