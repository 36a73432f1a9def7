package io.faradaybridge;

/**
 * What is wrong in a file of the routes folder, and where.
 *
 * @param line from 1 on, as is the column
 * @param problem what is wrong and what was expected
 * @param remedy what the operator can do
 */
record RouteFinding(String file, int line, int column, String problem, String remedy) {

    /** With the folder, so that an editor or a terminal can open it. */
    String in(RoutesFolder folder) {
        return folder.own(file) ? folder + "/" + this : "shipped " + this;
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + problem + ". " + remedy + ".";
    }
}
