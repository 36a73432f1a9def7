package io.faradaybridge.access;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.secrets.KeyDerivation;
import org.springframework.stereotype.Component;

/**
 * What a sign-in is bound to: another password, another way to sign in, or another account of the same name has another
 * mark. Says nothing about the password to whoever sees it.
 */
@Component
class AccountFingerprint {

    private final Signature signature;

    AccountFingerprint(KeyDerivation key) {
        this.signature = new Signature(key.derived("access/account"));
    }

    String of(FaradayUser user) {
        return signature.of(
                user.id() + "\0" + user.uniquifier() + "\0" + user.passwordHash() + "\0" + user.passwordAlone());
    }
}
