package io.faradaybridge.export.attachments;

import java.text.Normalizer;
import java.util.Collection;
import java.util.regex.Pattern;

/** The name that a file gets in Jira: one that Jira takes, and that is nothing but a name for whoever downloads it. */
final class AttachmentName {

    private static final int LONGEST = 255;
    private static final int LONGEST_ENDING = 20;

    /** Also what Jira refuses, and characters that turn the direction of writing and so hide an ending. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|%$;]");

    private AttachmentName() {}

    /** @param taken names of other files of the issue */
    static String of(String filename, Collection<String> taken) {
        String name = UNFIT.matcher(Normalizer.normalize(filename, Normalizer.Form.NFC))
                .replaceAll("_")
                .strip()
                .replaceFirst("^\\.+", "_");
        if (name.isEmpty()) {
            name = "file";
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= LONGEST_ENDING ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - ending.length());
        String candidate = shortened(stem, LONGEST - ending.length()) + ending;
        for (int number = 2; taken.contains(candidate); number++) {
            String suffix = " (" + number + ")" + ending;
            candidate = shortened(stem, LONGEST - suffix.length()) + suffix;
        }
        return candidate;
    }

    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}
