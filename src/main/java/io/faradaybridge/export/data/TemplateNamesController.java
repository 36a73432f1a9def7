package io.faradaybridge.export.data;

import io.faradaybridge.fields.TemplateExamples;
import io.faradaybridge.template.JinjaTexts;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API's list of what a Jinja2 template can name: the data that templates get now, also by columns that an operator
 * added, and the filters of the renderer. What each means stands in one list here.
 */
@RestController
@RequestMapping("/_api/v3/integrations/jira/template-names")
class TemplateNamesController {

    /** A name, a template that uses it, what it means; in the order in which people look for them. */
    static final Map<String, Name> VARIABLES = names("""
        name | {{ vuln.name }} | the name of the vulnerability
        severity | {% if vuln.severity == "critical" %}…{% endif %} | Faraday's short form: critical, high, med, low, info, unclassified
        severity_name | {{ vuln.severity_name|capitalize }} | the long form: medium, informational
        status | {{ vuln.status }} | open, closed, re-opened, risk-accepted
        description | {{ vuln.description }} | what was found
        resolution | {{ vuln.resolution or "not known" }} | what to do about it
        data | {{ vuln.data|truncate(3000) }} | what the tool reported
        target | {{ vuln.target or "unknown" }} | the host or the file
        hostnames | {{ vuln.hostnames|join(", ") }} | a list of texts
        service | {% if vuln.service %}{{ vuln.service.summary }}{% endif %} | .summary, .name, .ports, .protocol, .status, .version; none for a vulnerability of a host itself
        host_os | {{ vuln.host_os or "" }} | the operating system of the host
        workspace_name | {{ vuln.workspace_name }} | the workspace
        cve | {{ vuln.cve|join(", ") }} | a list of texts
        cwe | {{ vuln.cwe|join(", ") }} | a list of texts
        owasp | {{ vuln.owasp|join(", ") }} | a list of texts
        cvss3 | {{ vuln.cvss3.base_score or "not scored" }} | .base_score, .vector_string, .base_severity and others
        cvss2 | {{ vuln.cvss2.vector_string or "" }} | as cvss3
        cvss4 | {{ vuln.cvss4.base_score or "not scored" }} | as cvss3
        epss | {{ vuln.epss or "unknown" }} | a number or none
        risk | {{ vuln.risk.score or "unknown" }} | .score and .severity; each may be none
        impact | {% if vuln.impact.availability %}…{% endif %} | .accountability, .availability, .confidentiality, .integrity: true or false
        tags | {{ vuln.tags|join(", ") }} | a list of texts
        refs | {% for ref in vuln.refs %}* {{ ref.name }}{% endfor %} | a list; each has .name and .type
        policyviolations | {{ vuln.policyviolations|join(", ") }} | a list of texts
        evidence | {% for file in vuln.evidence %}* {{ file.filename }}{% endfor %} | a list; each has .filename and .description
        custom_fields | {{ vuln.custom_fields.get("owner") or "" }} | each custom field of Faraday, with its value or none
        date | {{ vuln.date|datetimeformat("%d %B %Y") }} | when it was found
        update_date | {{ vuln.update_date|datetimeformat("%Y-%m-%d") }} | when it was changed last
        last_detected | {{ vuln.last_detected or "" }} | when a tool found it last
        faraday_url | {{ vuln.faraday_url }} | its page in Faraday, by bridge.faraday.url
        id | {{ vuln.id }} | its number
        type | {{ vuln.type }} | Vulnerability, VulnerabilityWeb or VulnerabilityCode
        confirmed | {% if vuln.confirmed %}confirmed{% endif %} | true or false
        tool | {{ vuln.tool or "manual" }} | what found it
        external_id | {{ vuln.external_id or "" }} | its id in another system
        easeofresolution | {{ vuln.easeofresolution or "" }} | how easily it is resolved
        owner | {{ vuln.owner or "" }} | who created it
        update_user | {{ vuln.update_user or "" }} | who changed it last
        method | {{ vuln.method or "" }} | of web vulnerabilities
        website | {{ vuln.website or "" }} | of web vulnerabilities
        path | {{ vuln.path or "" }} | of web vulnerabilities
        params | {{ vuln.params or "" }} | of web vulnerabilities
        pname | {{ vuln.pname or "" }} | of web vulnerabilities: the name of the parameter
        query | {{ vuln.query or "" }} | of web vulnerabilities
        status_code | {{ vuln.status_code or "" }} | of web vulnerabilities
        request | {{ vuln.request or "" }} | of web vulnerabilities
        response | {{ vuln.response or "" }} | of web vulnerabilities
        parent | {{ vuln.parent }} | the id of the service, host or file
        parent_type | {{ vuln.parent_type }} | Host, Service or SourceCode
        desc | {{ vuln.desc }} | the same as description
        metadata | {{ vuln.metadata.creator }} | .creator, .owner, .create_time, .update_time and others
        obj_id | {{ vuln.obj_id }} | the id as a text
        owned | {{ vuln.owned }} | always false, as in Faraday's API
        issuetracker | {{ vuln.issuetracker }} | always empty, since the issue does not exist yet
        """);

    static final Map<String, Name> FILTERS = names("""
        abs | {{ -7|abs }} | a number without its sign
        attr | {{ vuln|attr("name") }} | an attribute by its name
        batch | {% for row in vuln.cve|batch(3) %}{{ row|join(", ") }}{% endfor %} | a list in parts of this length
        capitalize | {{ vuln.severity_name|capitalize }} | the first letter large
        center | {{ vuln.severity_name|center(20) }} | in the middle of so many characters
        count | {{ vuln.cve|count }} | the same as length
        d | {{ vuln.epss|d("unknown", true) }} | the same as default
        datetimeformat | {{ vuln.date|datetimeformat("%d %B %Y") }} | a time in a format of Python's strftime
        default | {{ vuln.target|default("unknown", true) }} | another value if this one is missing or, with true, empty
        dictsort | {% for name, value in vuln.custom_fields|dictsort %}{{ name }}: {{ value }}{% endfor %} | names and values of a map, sorted
        e | {{ vuln.name|e }} | the same as escape
        escape | {{ vuln.name|escape }} | safe within HTML
        filesizeformat | {{ 13000|filesizeformat }} | such as 13.0 kB
        first | {{ vuln.cve|first }} | the first of a list
        float | {{ "9.8"|float }} | a number with a fraction
        forceescape | {{ vuln.name|forceescape }} | safe within HTML, even if it is marked as safe
        format | {{ "%s: %s"|format(vuln.id, vuln.name) }} | values in a text with %s
        groupby | {% for type, refs in vuln.refs|groupby("type") %}{{ type }}: {{ refs|count }}{% endfor %} | a list by an attribute
        indent | {{ vuln.description|indent(4) }} | each line but the first with blanks before it
        int | {{ "443"|int }} | a whole number
        items | {% for name, value in vuln.impact|items %}{{ name }}: {{ value }}{% endfor %} | names and values of a map
        join | {{ vuln.cve|join(", ") }} | a list as one text
        last | {{ vuln.cve|last }} | the last of a list
        length | {{ vuln.cve|length }} | how many
        list | {{ vuln.severity|list }} | as a list
        lower | {{ vuln.name|lower }} | small letters
        map | {{ vuln.refs|map(attribute="name")|join(", ") }} | an attribute or a filter of each
        max | {{ [3, 7]|max }} | the largest
        min | {{ [3, 7]|min }} | the smallest
        plusdays | {{ vuln.date|plusdays(30) }} | so many days later
        pprint | {{ vuln.risk|pprint }} | as Python shows it
        random | {{ ["a", "b"]|random }} | one of a list
        reject | {{ [1, 2, 3]|reject("odd")|join }} | those that do not pass a test
        rejectattr | {{ vuln.refs|rejectattr("type", "eq", "patch")|list|count }} | those whose attribute does not pass a test
        replace | {{ vuln.name|replace("_", " ") }} | one text for another
        reverse | {{ vuln.name|reverse }} | the other way round
        round | {{ 9.84|round(1) }} | a number with fewer digits
        safe | {{ vuln.data|safe }} | not made harmless: its markup works in Jira
        select | {{ [1, 2, 3]|select("odd")|join }} | those that pass a test
        selectattr | {{ vuln.refs|selectattr("type", "eq", "patch")|list|count }} | those whose attribute passes a test
        slice | {% for column in vuln.cve|slice(2) %}{{ column|join(", ") }}{% endfor %} | a list in so many parts
        sort | {{ vuln.tags|sort|join(", ") }} | sorted
        string | {{ vuln.id|string }} | as a text
        striptags | {{ vuln.description|striptags }} | without HTML
        sum | {{ [3, 7]|sum }} | all together
        title | {{ vuln.name|title }} | each word with a large letter
        tojson | {{ vuln.risk|tojson }} | as JSON
        trim | {{ vuln.name|trim }} | without blanks around it
        truncate | {{ vuln.data|truncate(3000) }} | at most so many characters
        unique | {{ vuln.tags|unique|join(", ") }} | each only once
        upper | {{ vuln.severity_name|upper }} | large letters
        urlencode | {{ vuln.name|urlencode }} | for an address
        urlize | {{ vuln.description|urlize }} | addresses as links of HTML
        wordcount | {{ vuln.description|wordcount }} | how many words
        wordwrap | {{ vuln.description|wordwrap(80) }} | lines of at most so many characters
        xmlattr | {{ {"id": vuln.id}|xmlattr }} | attributes of HTML
        """);

    private final TemplateExamples examples;

    TemplateNamesController(TemplateExamples examples) {
        this.examples = examples;
    }

    /**
     * One name.
     *
     * @param example a part of a template that uses it
     */
    record Name(String name, String example, String meaning) {

        private static Name read(String line) {
            int meaning = line.lastIndexOf(" | ");
            int example = line.indexOf(" | ");
            return new Name(
                    line.substring(0, example), line.substring(example + 3, meaning), line.substring(meaning + 3));
        }
    }

    /** @param variables as {@code vuln.name} or {@code name} */
    record Names(List<Name> variables, List<Name> filters) {}

    @GetMapping
    @Operation(summary = "List what a template can name")
    @PreAuthorize("hasAuthority('jira:read')")
    Names list() {
        return new Names(variables(), filters());
    }

    private List<Name> variables() {
        Set<String> given = new LinkedHashSet<>(examples.bySeverity().values().stream()
                .findFirst()
                .map(Map::keySet)
                .orElse(VARIABLES.keySet())); // the SQL fails now, and the log says why
        given.removeIf(name -> name.startsWith("_") || name.equals("vuln") || name.equals("vulnerability"));
        List<Name> variables = new ArrayList<>();
        VARIABLES.forEach((name, known) -> {
            if (given.remove(name)) {
                variables.add(known);
            }
        });
        given.forEach(name -> variables.add(
                new Name(name, "{{ vuln." + name + " }}", "a column of this installation's export-vulnerability.sql")));
        return variables;
    }

    private static List<Name> filters() {
        return new TreeSet<>(JinjaTexts.filters())
                .stream()
                        .map(name -> FILTERS.getOrDefault(name, new Name(name, "{{ vuln.name|" + name + " }}", "")))
                        .toList();
    }

    private static Map<String, Name> names(String lines) {
        Map<String, Name> names = new LinkedHashMap<>();
        lines.lines().map(Name::read).forEach(name -> names.put(name.name(), name));
        return names;
    }
}
