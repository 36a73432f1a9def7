package io.faradaybridge.jinja2.syntax;

import java.util.Set;

/**
 * @param type what it is; operators are their own text
 * @param text as written; of a string what it means
 * @param position in the source
 */
record Token(Type type, String text, int position) {

    enum Type {
        DATA("template data / text"),
        VARIABLE_BEGIN("begin of print statement"),
        VARIABLE_END("end of print statement"),
        BLOCK_BEGIN("begin of statement block"),
        BLOCK_END("end of statement block"),
        NAME("name"),
        STRING("string"),
        INTEGER("integer"),
        FLOAT("float"),
        OPERATOR("operator"),
        END("end of template");

        final String description;

        Type(String description) {
            this.description = description;
        }
    }

    public boolean is(Type wanted) {
        return type == wanted;
    }

    boolean isName(String name) {
        return type == Type.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return type == Type.OPERATOR && text.equals(operator);
    }

    boolean isOneOf(Set<String> words) {
        return (type == Type.NAME || type == Type.OPERATOR) && words.contains(text);
    }

    /** For messages. */
    String description() {
        return type == Type.NAME || type == Type.OPERATOR ? text : type.description;
    }
}
