package io.faradaybridge.broker.external;

import io.faradaybridge.broker.Queues;
import java.util.List;

/** The lines of {@code broker.xml} that are missing. */
final class BrokerXml {

    private static final List<String> SUBSCRIBING = List.of(
            "consume", "createDurableQueue", "deleteDurableQueue", "createNonDurableQueue", "deleteNonDurableQueue");

    private BrokerXml() {}

    /** Text for an operator, with the lines in it; they are complete, because a narrower match replaces a wider one. */
    static String lines(List<Lack> lacks, String account) {
        StringBuilder lines = new StringBuilder();
        List<Need> places = lacks.stream()
                .filter(lack -> lack.place() != null)
                .map(Lack::need)
                .toList();
        if (!places.isEmpty()) {
            lines.append("In broker.xml, under <core>, so that they are there before anybody sends:\n  <addresses>\n");
            places.forEach(need -> lines.append("    ").append(address(need)).append('\n'));
            lines.append("  </addresses>");
        }
        List<Need> denied = lacks.stream()
                .filter(lack -> !lack.rights().isEmpty())
                .map(Lack::need)
                .toList();
        if (!denied.isEmpty()) {
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append("In broker.xml, under <core>, where 'bridge' stands for a role of the account '")
                    .append(account)
                    .append(
                            "', 'programs' for one of those that send, and 'subscribers' for one of those that listen:\n  <security-settings>\n");
            denied.forEach(need -> rights(need, lines));
            lines.append("  </security-settings>");
        }
        return lines.toString();
    }

    private static String address(Need need) {
        return "<address name=\"" + need.address() + "\">"
                + (need.isQueue() ? "<anycast><queue name=\"" + need.address() + "\"/></anycast>" : "<multicast/>")
                + "</address>";
    }

    private static void rights(Need need, StringBuilder lines) {
        lines.append("    <security-setting match=\"").append(need.address()).append("\">\n");
        if (need.isQueue()) {
            permission(Need.SEND, need.address().equals(Queues.DEAD_LETTER) ? "bridge" : "bridge,programs", lines);
            permission(Need.CONSUME, "bridge", lines);
        } else {
            permission(Need.SEND, "bridge", lines);
            SUBSCRIBING.forEach(right -> permission(right, "subscribers", lines));
        }
        lines.append("    </security-setting>\n");
    }

    private static void permission(String right, String roles, StringBuilder lines) {
        lines.append("      <permission type=\"")
                .append(right)
                .append("\" roles=\"")
                .append(roles)
                .append("\"/>\n");
    }
}
