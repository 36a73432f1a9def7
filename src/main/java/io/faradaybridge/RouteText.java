package io.faradaybridge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.xml.io.XmlPullParserException;
import org.apache.camel.xml.io.XmlPullParserLocationException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A route file as text, to say in which line and column something stands. Camel's model knows the line of a step only. */
final class RouteText {

    private static final Pattern COMMENTS = Pattern.compile("(?m)(?<=^|\\s)#.*$|<!--[\\s\\S]*?-->");
    private static final String CORRECT = "Correct it, or remove the file to run the shipped one";

    private final String file;
    private final String text;

    /** What stands in comments is not found. */
    RouteText(String file, String text) {
        this.file = file;
        this.text = COMMENTS.matcher(text).replaceAll(comment -> comment.group().replaceAll("[^\n]", " "));
    }

    String file() {
        return file;
    }

    /** @param location as Camel knows it */
    boolean isAt(@Nullable String location) {
        return location != null && location.endsWith("/" + file);
    }

    boolean holds(String token) {
        return text.contains(token);
    }

    Matcher matcher(Pattern pattern) {
        return pattern.matcher(text);
    }

    /** Where a route is defined. */
    Optional<RouteFinding> route(String id) {
        Matcher defined = Pattern.compile("\\bid\\W{1,4}" + Pattern.quote(id) + "(?![\\w-])")
                .matcher(text);
        return defined.find() ? Optional.of(at(defined.start(), "", "")) : Optional.empty();
    }

    /** @param offset in the text */
    RouteFinding at(int offset, String problem, String remedy) {
        String before = text.substring(0, offset);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new RouteFinding(file, line, offset - before.lastIndexOf('\n'), problem, remedy);
    }

    /** Of the first place of a token in a line or after it; without one, of the line's beginning. */
    RouteFinding from(int line, String token, String problem, String remedy) {
        int start = 0;
        for (int i = 1; i < line && text.indexOf('\n', start) >= 0; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        Matcher whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(token) + "(?![\\w-])")
                .matcher(text);
        if (!token.isEmpty() && whole.find(start)) {
            return at(whole.start(), problem, remedy);
        }
        Matcher beginning = Pattern.compile("\\S").matcher(text);
        return at(beginning.find(start) ? beginning.start() : start, problem, remedy);
    }

    /** Where the parser stopped. */
    RouteFinding unreadable(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof MarkedYamlEngineException yaml) {
                Optional<Mark> mark = yaml.getProblemMark().or(yaml::getContextMark);
                String said = yaml.getProblem() == null ? String.valueOf(yaml.getMessage()) : yaml.getProblem();
                return new RouteFinding(
                        file,
                        mark.map(Mark::getLine).orElse(0) + 1,
                        mark.map(Mark::getColumn).orElse(0) + 1,
                        oneLine(yaml.getContext() == null ? said : yaml.getContext() + ": " + said),
                        CORRECT);
            }
            if (cause instanceof XmlPullParserLocationException xml) {
                return new RouteFinding(file, xml.getLineNumber(), xml.getColumnNumber(), said(xml), CORRECT);
            }
            if (cause instanceof XmlPullParserException xml) {
                return new RouteFinding(file, xml.getLineNumber(), xml.getColumnNumber(), said(xml), CORRECT);
            }
        }
        return from(1, "", said(root), CORRECT);
    }

    private static String said(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return oneLine(String.valueOf(root.getMessage()));
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("[.]$", "");
    }
}
