<#-- One line, at most 255 characters; what is longer is cut. Plain text, Jira reads no markup here. -->
[${vuln.severity_name?cap_first}] ${vuln.name}<#if vuln.target?has_content> (${vuln.target}<#if vuln.service??>:${vuln.service.ports?join(",")}</#if>)</#if>
