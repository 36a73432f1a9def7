package io.faradaybridge.faraday;

/**
 * The Faraday user in whose name a webhook came.
 *
 * @param sql gives the column {@code user_id} of the active user, or no row; it names {@code :caller}
 * @param value of {@code :caller}: a token, or the id of the user who stored the secret of a signed webhook
 */
public record WebhookCaller(String sql, Object value) {

    private static final String SIGNER_SQL =
            "SELECT u.id AS user_id FROM faraday_user u WHERE u.id = :caller AND u.active";

    public static WebhookCaller ofToken(String token) {
        return new WebhookCaller(UserTokens.CALLER_SQL, token);
    }

    public static WebhookCaller ofSigner(int userId) {
        return new WebhookCaller(SIGNER_SQL, userId);
    }

    @Override
    public String toString() {
        return "the caller of a webhook";
    }
}
