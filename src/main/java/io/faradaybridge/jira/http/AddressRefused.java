package io.faradaybridge.jira.http;

import java.net.UnknownHostException;

/** The network rule forbids the connection. The message says why and names the setting. Nothing was sent. */
public final class AddressRefused extends UnknownHostException {

    AddressRefused(String message) {
        super(message);
    }
}
