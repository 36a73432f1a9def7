package io.faradaybridge.export;

import org.jspecify.annotations.Nullable;

/**
 * Why a vulnerability cannot be exported.
 *
 * @param reason the end of a sentence about the vulnerability
 * @param linkedTo the key of the issue that it is linked to already; null if that is not the reason
 */
public record Refusal(String reason, @Nullable String linkedTo) {

    Refusal(String reason) {
        this(reason, null);
    }
}
