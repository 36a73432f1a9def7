package io.faradaybridge.jinja2.api;

/** The template asked for something its data do not allow, as adding a number to a text. */
public final class TemplateRenderException extends TemplateException {

    /** Python's name for the mistake, which Jinja2 would raise. */
    public enum Kind {
        UNDEFINED("UndefinedError"),
        TYPE("TypeError"),
        VALUE("ValueError"),
        ZERO_DIVISION("ZeroDivisionError"),
        OVERFLOW("OverflowError"),
        INDEX("IndexError"),
        KEY("KeyError"),
        ATTRIBUTE("AttributeError"),
        ASSERTION("AssertionError"),
        RUNTIME("RuntimeError"),
        RECURSION("RecursionError"),
        TEMPLATE("TemplateRuntimeError"),
        FILTER_ARGUMENT("FilterArgumentError");

        private final String pythonName;

        Kind(String pythonName) {
            this.pythonName = pythonName;
        }

        public String pythonName() {
            return pythonName;
        }
    }

    private final Kind kind;
    private final String reason;

    public TemplateRenderException(int line, Kind kind, String reason) {
        super(line, "line " + line + ": " + reason);
        this.kind = kind;
        this.reason = reason;
    }

    public Kind kind() {
        return kind;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }
}
