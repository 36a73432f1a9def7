package io.faradaybridge;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.xml.io.XmlPullParserException;
import org.apache.camel.xml.io.XmlPullParserLocationException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A route file as text, to say in which line and column something stands. Camel's model knows the line of a step only. */
final class RouteText {

    private static final Pattern COMMENTS = Pattern.compile("(?m)(?<=^|\\s)#.*$|<!--[\\s\\S]*?-->");
    private static final String CORRECT = "Correct it, or remove the file";

    /** The routes and error policies of a shipped file. */
    private static final Pattern DEFINED = Pattern.compile("(?m)^    id: ([\\w-]+)$");

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

    /** The ids of a shipped file that this one does not define. */
    List<String> missing(String shipped) {
        return ids(shipped).filter(id -> route(id).isEmpty()).toList();
    }

    /** The ids that a shipped file defines. */
    static Stream<String> ids(String shipped) {
        return DEFINED.matcher(shipped).results().map(defined -> defined.group(1));
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
            if (cause instanceof RoutesFolder.NotUtf8 text) {
                return new RouteText(file, text.before() + " ")
                        .at(text.before().length(), said(text), "Save it in UTF-8, or remove it");
            }
            if (cause instanceof ClassNotFoundException unknown) {
                String type = String.valueOf(unknown.getMessage());
                return from(1, type, "there is no class '" + type + "'", CORRECT);
            }
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
        String said = root instanceof IOException io ? "it cannot be read: " + reason(io) : said(root);
        return from(1, "", said, CORRECT);
    }

    /** In words; the message of most of these is the path alone. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it leads to no file";
        }
        return failure instanceof NotDirectoryException ? "it is no folder" : said(failure);
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
