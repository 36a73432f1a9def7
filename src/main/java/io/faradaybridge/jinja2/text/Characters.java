package io.faradaybridge.jinja2.text;

import java.util.function.IntPredicate;

/** Python's questions about the characters of a text: isalpha() and the like. */
public final class Characters {

    private Characters() {}

    public static boolean is(String question, String text) {
        return switch (question) {
            case "isascii" -> all(text, character -> character < 0x80);
            case "isprintable" -> all(text, Characters::isPrintable);
            case "isalpha" -> some(text, Character::isLetter);
            case "isdecimal" -> some(text, Character::isDigit);
            case "isdigit" -> some(text, Characters::isDigit);
            case "isnumeric" -> some(text, Characters::isNumeric);
            case "isalnum" -> some(text, character -> Character.isLetter(character) || isNumeric(character));
            case "isspace" -> some(text, Text::isSpace);
            case "islower" -> isCase(text, Character::isLowerCase);
            case "isupper" -> isCase(text, Character::isUpperCase);
            case "istitle" -> isTitle(text);
            case "isidentifier" -> isIdentifier(text);
            default -> throw new IllegalArgumentException(question);
        };
    }

    private static boolean all(String text, IntPredicate rule) {
        return text.codePoints().allMatch(rule);
    }

    private static boolean some(String text, IntPredicate rule) {
        return !text.isEmpty() && all(text, rule);
    }

    /** Digits in the narrow sense, and those raised, lowered or circled. */
    private static boolean isDigit(int character) {
        if (Character.isDigit(character)) {
            return true;
        }
        return Character.getType(character) == Character.OTHER_NUMBER
                && (character == 0xb2
                        || character == 0xb3
                        || character == 0xb9
                        || (character >= 0x2070 && character <= 0x2089)
                        || (character >= 0x2460 && character <= 0x2468)
                        || (character >= 0x2474 && character <= 0x247c)
                        || (character >= 0x2488 && character <= 0x2490)
                        || character == 0x24ea
                        || (character >= 0x24f5 && character <= 0x24fd)
                        || character == 0x24ff
                        || (character >= 0x2776 && character <= 0x277e)
                        || (character >= 0x2780 && character <= 0x2788)
                        || (character >= 0x278a && character <= 0x2792));
    }

    private static boolean isNumeric(int character) {
        int type = Character.getType(character);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean isCase(String text, IntPredicate rule) {
        boolean found = false;
        for (int character : text.codePoints().toArray()) {
            if (rule.test(character)) {
                found = true;
            } else if (LetterCase.isCased(character)) {
                return false;
            }
        }
        return found;
    }

    private static boolean isTitle(String text) {
        boolean found = false;
        boolean inside = false;
        for (int character : text.codePoints().toArray()) {
            boolean capital = Character.isUpperCase(character) || Character.isTitleCase(character);
            if (capital ? inside : Character.isLowerCase(character) && !inside) {
                return false;
            }
            inside = LetterCase.isCased(character);
            found |= inside;
        }
        return found;
    }

    public static boolean isIdentifier(String text) {
        if (text.isEmpty()) {
            return false;
        }
        int first = text.codePointAt(0);
        return (first == '_' || Character.isUnicodeIdentifierStart(first))
                && text.codePoints()
                        .allMatch(character -> Character.isUnicodeIdentifierPart(character)
                                && !Character.isIdentifierIgnorable(character));
    }

    public static boolean isPrintable(int character) {
        if (character < 0x7f) {
            return character >= ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
