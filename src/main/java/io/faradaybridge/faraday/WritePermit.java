package io.faradaybridge.faraday;

/** Whether Faraday's tables may be written at present, for what is written by itself and not on a link's behalf. */
@FunctionalInterface
public interface WritePermit {

    /** @return false while the bridge only observes */
    boolean mayWrite();
}
