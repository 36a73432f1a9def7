package io.faradaybridge.access;

import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Checks passwords as Faraday (passlib) stores them: bcrypt of the UTF-8 bytes, of which only the first 72 count. NUL
 * characters are removed.
 */
final class Passwords {

    private Passwords() {}

    static String withoutNul(String text) {
        return text.replace("\0", "");
    }

    /** @param hash an invalid hash matches no password */
    static boolean matches(String password, String hash) {
        try {
            return BCrypt.checkpw(withoutNul(password), hash);
        } catch (IllegalArgumentException notBcrypt) {
            return false;
        }
    }

    /** A hash of an unknown password. A check against it takes as long as any check of this cost. */
    static String unknown(int cost) {
        return BCrypt.gensalt("$2b", cost) + "0123456789012345678901234567890";
    }
}
