<#--
  Jira wiki markup. Whatever a scanner or a person wrote goes through wiki(text, limit), shown as prose,
  noformat(text, limit), shown as it is, or link(text, limit): raw, it could mention people, run macros or load images.
  The limits keep the whole below the 32767 characters that Jira takes.
-->
||Severity|${vuln.severity_name?cap_first}<#if vuln.confirmed> (confirmed)</#if>|
<#list [["CVSS 4", vuln.cvss4!{}], ["CVSS 3", vuln.cvss3!{}], ["CVSS 2", vuln.cvss2!{}]] as cvss>
<#if cvss[1].base_score?? || cvss[1].vector_string?has_content>
||${cvss[0]}|${cvss[1].base_score!} ${wiki(cvss[1].vector_string!)}|
</#if>
</#list>
<#if vuln.target?has_content>
||Host|${wiki(vuln.target)}<#if vuln.hostnames?has_content> (${wiki(vuln.hostnames?join(", "), 500)})</#if>|
</#if>
<#if vuln.service??>
||Service|${wiki(vuln.service.summary, 300)}|
</#if>
<#if vuln.website?has_content || vuln.path?has_content>
||Web|${wiki([vuln.method, vuln.website, vuln.path]?filter(part -> part?has_content)?join(" "), 1000)}<#if vuln.pname?has_content>, parameter ${wiki(vuln.pname, 200)}</#if>|
</#if>
<#if vuln.cve?has_content>
||CVE|${wiki(vuln.cve?join(", "), 1000)}|
</#if>
<#if vuln.cwe?has_content>
||CWE|${wiki(vuln.cwe?join(", "), 500)}|
</#if>
<#if vuln.tags?has_content>
||Tags|${wiki(vuln.tags?join(", "), 500)}|
</#if>
||Workspace|${wiki(vuln.workspace_name)}|
||Faraday|<#if vuln.faraday_url?has_content>[vulnerability ${vuln.id}|${vuln.faraday_url}]<#else>vulnerability ${vuln.id}</#if>|
<#if vuln.description?has_content>

h3. Description
${wiki(vuln.description, 5000)}
</#if>
<#if vuln.resolution?has_content>

h3. Resolution
${wiki(vuln.resolution, 3000)}
</#if>
<#if vuln.data?has_content>

h3. Data
${noformat(vuln.data, 3500)}
</#if>
<#if vuln.request?has_content>

h3. Request
${noformat(vuln.request, 2000)}
</#if>
<#if vuln.response?has_content>

h3. Response
${noformat(vuln.response, 2000)}
</#if>
<#if vuln.refs?has_content>

h3. References
<#list vuln.refs as ref>
<#if ref?index lt 20>
* ${link(ref.name, 300)}
</#if>
</#list>
</#if>
