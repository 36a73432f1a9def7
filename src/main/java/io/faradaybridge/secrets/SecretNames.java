package io.faradaybridge.secrets;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that sound like a secret, however they are spelt: {@code access-token}, {@code access_token}, {@code accessToken},
 * {@code ACCESS TOKEN}. What they name is never printed, stored in a record of changes or shown.
 */
public final class SecretNames {

    private static final Pattern ANYWHERE =
            Pattern.compile("token|secret|passw|passphrase|private|credential|verifier|session|cookie|apikey");
    /** A file's path, a user's name and a count are none, though the name says of what. */
    private static final Pattern AT_THE_END = Pattern.compile(
            "(tokens?|secrets?|passw(or)?d|passphrase|privatekey|credentials?|verifier|sessionhandle|cookie|apikey"
                    + "|secrets(previous)?key)$");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SecretNames() {}

    /** Of a key whose meaning is not ours to know: one in a configuration that others write too. */
    public static boolean has(String key) {
        return ANYWHERE.matcher(plain(key)).find();
    }

    /** Of a setting, by its whole name: {@code bridge.broker.password}. */
    public static boolean isSetting(String name) {
        return AT_THE_END.matcher(plain(name)).find();
    }

    private static String plain(String name) {
        return BETWEEN_WORDS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
