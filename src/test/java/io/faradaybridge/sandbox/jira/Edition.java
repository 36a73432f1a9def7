package io.faradaybridge.sandbox.jira;

/** The Jiras that stories are told at. */
public enum Edition {
    DATA_CENTER_10,
    DATA_CENTER_11,
    CLOUD;

    public SandboxJira.Options options() {
        return switch (this) {
            case DATA_CENTER_10 -> SandboxJira.Options.dataCenter();
            case DATA_CENTER_11 -> SandboxJira.Options.dataCenter11();
            case CLOUD -> SandboxJira.Options.cloud();
        };
    }

    public boolean isCloud() {
        return this == CLOUD;
    }
}
