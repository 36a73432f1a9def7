package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Someone with an account: known by name on Data Center, by account id on Cloud. */
record Person(String name, String displayName, String email) {

    String key() {
        return "JIRAUSER" + (10000 + Math.floorMod(name.hashCode(), 50000));
    }

    String accountId() {
        return "557058:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    ObjectNode json(Site site) {
        if (site.isCloud()) {
            return Json.object(
                    "self",
                    site.self("user?accountId=" + accountId()),
                    "accountId",
                    accountId(),
                    "accountType",
                    "atlassian",
                    "displayName",
                    displayName,
                    "active",
                    true,
                    "timeZone",
                    "Etc/UTC");
        }
        return Json.object(
                "self",
                site.self("user?username=" + name),
                "name",
                name,
                "key",
                key(),
                "emailAddress",
                email,
                "displayName",
                displayName,
                "active",
                true,
                "timeZone",
                "Etc/UTC");
    }
}
