package io.faradaybridge.sandbox.jira;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What accounts may do in projects: everything, until it is withdrawn. Anonymous callers may do nothing. */
public final class Permissions {

    /** A project permission. */
    public enum Permission {
        BROWSE,
        CREATE,
        EDIT,
        COMMENT,
        LINK,
        ATTACH,
        TRANSITION
    }

    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

    public void withdraw(Permission permission, String projectKey, String account) {
        withdrawn.add(permission + " " + projectKey + " " + account);
    }

    public void grant(Permission permission, String projectKey, String account) {
        withdrawn.remove(permission + " " + projectKey + " " + account);
    }

    void clear() {
        withdrawn.clear();
    }

    boolean has(Caller caller, Permission permission, Project project) {
        return caller.person()
                .filter(person -> !withdrawn.contains(permission + " " + project.key() + " " + person.name()))
                .filter(person -> permission == Permission.BROWSE || has(caller, Permission.BROWSE, project))
                .isPresent();
    }
}
