package io.faradaybridge.flows;

import com.fasterxml.jackson.annotation.JsonValue;
import io.faradaybridge.RouteFiles;
import java.util.Locale;

/** Where a route file that the bridge uses comes from. */
public enum Source {
    SHIPPED,
    REPLACED,
    ADDED;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Source of(RouteFiles.InUse file) {
        return !file.own() ? SHIPPED : file.shipped() == null ? ADDED : REPLACED;
    }
}
