package io.faradaybridge.faraday;

/** Whether Faraday's tables may be written at present, for writes that do not belong to a link. */
@FunctionalInterface
public interface WritePermit {

    /** @return false while the bridge only observes */
    boolean mayWrite();
}
