package io.faradaybridge.link.decision;

import org.jspecify.annotations.Nullable;

/**
 * Why a decision cannot be carried out.
 *
 * @param code stable, for programs: {@code workspace-read-only}, {@code not-permitted}, {@code transition-refused}, ...
 * @param text a sentence: what is wrong and what to do
 */
public record BlockReason(String code, String text) {

    public static final String WORKSPACE_READ_ONLY = "workspace-read-only";
    public static final String WORKSPACE_INACTIVE = "workspace-inactive";
    public static final String NOT_PERMITTED = "not-permitted";
    public static final String REFUSED = "refused-by-jira";
    public static final String GONE = "issue-gone";
    public static final String NOT_MOVED = "not-moved";
    public static final String GAVE_UP = "gave-up";

    /** Whether a reason on Faraday's side is gone although neither status has moved; then the block is removed. */
    public boolean curedWithout(@Nullable BlockReason now) {
        boolean ofFaraday =
                code.equals(WORKSPACE_READ_ONLY) || code.equals(WORKSPACE_INACTIVE) || code.equals(NOT_PERMITTED);
        return ofFaraday && (now == null || !now.code().equals(code));
    }
}
