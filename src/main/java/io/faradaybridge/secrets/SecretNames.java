package io.faradaybridge.secrets;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises names of secrets in any spelling: {@code access-token}, {@code access_token}, {@code accessToken}, {@code
 * ACCESS TOKEN}. Their values are never printed, shown or stored in the record of changes.
 */
public final class SecretNames {

    private static final Pattern ANYWHERE =
            Pattern.compile("token|secret|passw|passphrase|private|credential|verifier|session|cookie|apikey");
    /** Only at the end of a name, since the path of a key file, a user's name or a count is no secret. */
    private static final Pattern AT_THE_END = Pattern.compile(
            "(tokens?|secrets?|passw(or)?d|passphrase|privatekey|credentials?|verifier|sessionhandle|cookie|apikey"
                    + "|secrets(previous)?key)$");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SecretNames() {}

    /** For a key of a configuration that others write too, so that the bridge does not know its meaning. */
    public static boolean has(String key) {
        return ANYWHERE.matcher(plain(key)).find();
    }

    /** For a setting, by its full name: {@code bridge.broker.password}. */
    public static boolean isSetting(String name) {
        return AT_THE_END.matcher(plain(name)).find();
    }

    private static String plain(String name) {
        return BETWEEN_WORDS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
