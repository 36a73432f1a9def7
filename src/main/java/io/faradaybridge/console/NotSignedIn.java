package io.faradaybridge.console;

/** The page is for people who are signed in. */
final class NotSignedIn extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    NotSignedIn(Answer session) {
        super(session.problem());
        this.status = session.status();
    }

    /** Whether nobody could have been signed in, because the database does not answer. */
    boolean unavailable() {
        return status >= 500;
    }
}
