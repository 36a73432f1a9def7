{{- define "bridge.settings" -}}
{{- $settings := dict "BRIDGE_DATA_DIR" "/data" "BRIDGE_ROUTES_DIR" "/routes" -}}
{{- $_ := set $settings "BRIDGE_ACCESS_TRUSTED_PROXIES" (toString .Values.trustedProxies) -}}
{{- $_ := set $settings "MANAGEMENT_SERVER_ADDRESS" "0.0.0.0" -}}
{{- $_ := set $settings "MANAGEMENT_ENDPOINT_HEALTH_SHOW_DETAILS" "never" -}}
{{- if .Values.broker.embedded -}}
{{- $_ := set $settings "BRIDGE_BROKER_BIND_HOST" "0.0.0.0" -}}
{{- else -}}
{{- /* A pod that is to end still gets requests until all have learned of it. */ -}}
{{- $_ := set $settings "BRIDGE_STOP_DELAY" "5s" -}}
{{- end -}}
{{- if .Values.ingress.enabled -}}
{{- $_ := set $settings "BRIDGE_PUBLIC_URL" (printf "https://%s" .Values.ingress.host) -}}
{{- end -}}
{{- range $name, $value := .Values.env -}}
{{- $_ := set $settings $name (toString $value) -}}
{{- end -}}
{{- toYaml $settings -}}
{{- end -}}
