package io.pdal;

import scala.Enumeration;

/** Signatures of pdal-java's class; seen by the compiler alone, never packaged. */
public class Pipeline implements AutoCloseable {
    public Pipeline(String json, Enumeration.Value logLevel) {
        throw new UnsupportedOperationException("a signature only: " + json + logLevel);
    }

    public native void execute();

    public native String getQuickInfo();

    @Override
    public native void close();
}
