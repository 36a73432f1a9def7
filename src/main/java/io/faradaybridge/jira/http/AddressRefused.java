package io.faradaybridge.jira.http;

import java.net.UnknownHostException;

/** The network rule does not let us connect; the message says why and names the setting. Nothing was sent. */
public final class AddressRefused extends UnknownHostException {

    AddressRefused(String message) {
        super(message);
    }
}
