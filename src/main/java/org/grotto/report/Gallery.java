package org.grotto.report;

/** What a report shows of a mesh that has triangles: pictures of it and drawings to scale. */
record Gallery(Pictures pictures, Sheets sheets) {}
