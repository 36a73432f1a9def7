package io.faradaybridge.jira;

/**
 * A status of a Jira workflow. The id survives renaming and translation, the name is what people and webhooks say.
 *
 * @param id Jira's id, such as {@code 10001}; empty where only the name is known (a webhook, a mapping typed by hand)
 * @param name the name, such as {@code In Progress}
 */
public record JiraStatus(String id, String name) {

    public static JiraStatus named(String name) {
        return new JiraStatus("", name);
    }

    /** The same status: by id where both have one, else by name, ignoring case and outer blanks. */
    public boolean sameAs(JiraStatus other) {
        if (!id.isEmpty() && !other.id.isEmpty()) {
            return id.equals(other.id);
        }
        return name.strip().equalsIgnoreCase(other.name.strip());
    }

    @Override
    public String toString() {
        return id.isEmpty() ? "'" + name + "'" : "'" + name + "' (" + id + ")";
    }
}
