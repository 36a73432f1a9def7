package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.BridgeWorld;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** One field of each type on the create screen of a bug in SEC: as people give them, as they are stored, as Jira gets them. */
final class EveryField {

    private static final String ALEX = "557058:" + UUID.nameUUIDFromBytes("asmith".getBytes(StandardCharsets.UTF_8));

    /** Single quotes stand for JSON's double ones. */
    static final String GIVEN = """
            {'Environment': {'schema': {'type': 'string'}, 'value': 'Production'},
             'Ticket reference': 'T-1',
             'Advisory': {'value': 'https://example.org/advisory'},
             'priority': {'schema': {'type': 'priority'}, 'value': 'highest'},
             'Labels': {'schema': {'type': 'array', 'items': 'string'}, 'value': ['security', 'faraday']},
             'Component/s': {'value': [{'name': 'Backend'}, 'Frontend']},
             'Affects Version/s': {'value': ['1.0']},
             'Fix Version/s': {'value': '2.0'},
             'Due date': {'value': '2031-05-06'},
             'Assignee': {'schema': {'type': 'user'}, 'value': 'Alex Smith'},
             'Security Level': {'value': '10001'},
             'Time tracking': {'value': {'originalEstimate': '2d', 'remainingEstimate': '1d 4h'}},
             'Parent': {'value': 'sec-1'},
             'Resolution': {'value': 'Duplicate'},
             'Severity': {'value': {'value': 'High'}},
             'Affected teams': {'value': ['red', 'Blue']},
             'CVSS score': {'value': 9.8},
             'Details': {'value': 'Line one\\nLine two'},
             'Category': {'value': {'parent': 'Network', 'child': 'dns'}},
             'Security owner': {'value': 'Alex Smith'},
             'Informed people': {'value': ['Alex Smith']},
             'Owning group': {'value': 'security-team'},
             'Informed groups': {'value': ['security-team', 'jira-software-users']},
             'Fixed in': {'value': '2.0'},
             'Related project': {'value': 'ops'},
             'Discovered at': {'value': '2031-05-06T07:08:09Z'},
             'Fix by': {'value': '2031-06-01'},
             'Epic Link': {'value': 'OPS-7'},
             'Asset': {'value': 'Web server'},
             'Main component': {'value': 'Frontend'}}
            """;

    /** What Jira shows of each afterwards. */
    static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("environment", "Production"),
            Map.entry("customfield_10027", "T-1"),
            Map.entry("customfield_10013", "https://example.org/advisory"),
            Map.entry("priority", "Highest"),
            Map.entry("labels", "security"),
            Map.entry("components", "Frontend"),
            Map.entry("versions", "1.0"),
            Map.entry("fixVersions", "2.0"),
            Map.entry("duedate", "2031-05-06"),
            Map.entry("assignee", "Alex Smith"),
            Map.entry("security", "Internal"),
            Map.entry("timetracking", "1d 4h"),
            Map.entry("parent", "SEC-1"),
            Map.entry("resolution", "Duplicate"),
            Map.entry("customfield_10010", "High"),
            Map.entry("customfield_10011", "Blue"),
            Map.entry("customfield_10012", "9.8"),
            Map.entry("customfield_10014", "Line two"),
            Map.entry("customfield_10015", "DNS"),
            Map.entry("customfield_10016", "Alex Smith"),
            Map.entry("customfield_10017", "Alex Smith"),
            Map.entry("customfield_10018", "security-team"),
            Map.entry("customfield_10019", "jira-software-users"),
            Map.entry("customfield_10020", "2.0"),
            Map.entry("customfield_10021", "Operations"),
            Map.entry("customfield_10022", "2031-05-06T07:08:09.000+0000"),
            Map.entry("customfield_10023", "2031-06-01"),
            Map.entry("customfield_10024", "OPS-7"),
            Map.entry("customfield_10025", "Web server"),
            Map.entry("customfield_10026", "Frontend"));

    private EveryField() {}

    static JsonNode stored(boolean cloud) {
        String alex = cloud ? ALEX : "asmith";
        ObjectNode stored = (ObjectNode) BridgeWorld.json("""
                {'Environment': {'schema': {'type': 'string'}, 'value': 'Production'},
                 'Ticket reference': {'schema': {'type': 'string'}, 'value': 'T-1'},
                 'Advisory': {'schema': {'type': 'string'}, 'value': 'https://example.org/advisory'},
                 'Priority': {'schema': {'type': 'priority'}, 'value': 'Highest'},
                 'Labels': {'schema': {'type': 'array', 'items': 'string'}, 'value': ['security', 'faraday']},
                 'Component/s': {'schema': {'type': 'array', 'items': 'component'}, 'value': ['Backend', 'Frontend']},
                 'Affects Version/s': {'schema': {'type': 'array', 'items': 'version'}, 'value': ['1.0']},
                 'Fix Version/s': {'schema': {'type': 'array', 'items': 'version'}, 'value': ['2.0']},
                 'Due date': {'schema': {'type': 'date'}, 'value': '2031-05-06'},
                 'Assignee': {'schema': {'type': 'user'}, 'value': 'ALEX'},
                 'Security Level': {'schema': {'type': 'securitylevel'}, 'value': 'Internal'},
                 'Time tracking': {'schema': {'type': 'timetracking'},
                                   'value': {'originalEstimate': '2d', 'remainingEstimate': '1d 4h'}},
                 'Parent': {'schema': {'type': 'issuelink'}, 'value': 'SEC-1'},
                 'Resolution': {'schema': {'type': 'resolution'}, 'value': 'Duplicate'},
                 'Severity': {'schema': {'type': 'option'}, 'value': 'High'},
                 'Affected teams': {'schema': {'type': 'array', 'items': 'option'}, 'value': ['Red', 'Blue']},
                 'CVSS score': {'schema': {'type': 'number'}, 'value': 9.8},
                 'Details': {'schema': {'type': 'string'}, 'value': 'Line one\\nLine two'},
                 'Category': {'schema': {'type': 'option-with-child'}, 'value': {'parent': 'Network', 'child': 'DNS'}},
                 'Security owner': {'schema': {'type': 'user'}, 'value': 'ALEX'},
                 'Informed people': {'schema': {'type': 'array', 'items': 'user'}, 'value': ['ALEX']},
                 'Owning group': {'schema': {'type': 'group'}, 'value': 'security-team'},
                 'Informed groups': {'schema': {'type': 'array', 'items': 'group'},
                                     'value': ['security-team', 'jira-software-users']},
                 'Fixed in': {'schema': {'type': 'version'}, 'value': '2.0'},
                 'Related project': {'schema': {'type': 'project'}, 'value': 'OPS'},
                 'Discovered at': {'schema': {'type': 'datetime'}, 'value': '2031-05-06T07:08:09Z'},
                 'Fix by': {'schema': {'type': 'date'}, 'value': '2031-06-01'},
                 'Epic Link': {'schema': {'type': 'any'}, 'value': 'OPS-7'},
                 'Asset': {'schema': {'type': 'option'}, 'value': 'Web server'},
                 'Main component': {'schema': {'type': 'component'}, 'value': 'Frontend'}}
                """.replace('\'', '"').replace("ALEX", alex));
        return stored;
    }
}
