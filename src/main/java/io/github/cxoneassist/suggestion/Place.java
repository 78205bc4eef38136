package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.core.JsonLocation;

/** Where in the whole input a piece of it starts, so that an error inside the piece can be named by its true line. */
record Place(long position, long line, int column) {

    static final Place START = new Place(1, 1, 1);

    /** What a parser that saw only the piece calls {@code inside}. */
    String of(JsonLocation inside) {
        if (inside == null) {
            return "line " + line;
        }
        long trueLine = line + inside.getLineNr() - 1;
        int trueColumn = inside.getLineNr() == 1 ? column + inside.getColumnNr() - 1 : inside.getColumnNr();
        return "line " + trueLine + ", column " + trueColumn;
    }
}
