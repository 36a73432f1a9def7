package io.faradaybridge.jira;

import java.nio.charset.StandardCharsets;

/** A file that is added to an issue. Its name can stand in a header as it is. */
public final class JiraFile {

    private final String name;
    private final String contentType;
    private final byte[] content;

    /**
     * @param contentType type and subtype
     * @param content large, so it is not copied
     * @throws IllegalArgumentException if the name or the type has a quotation mark or a control character, with which it could
     *     end its header
     */
    public JiraFile(String name, String contentType, byte[] content) {
        if ((name + contentType).chars().anyMatch(c -> c == '"' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "A file's name and type must be without quotation marks and control characters");
        }
        this.name = name;
        this.contentType = contentType;
        this.content = content;
    }

    public String name() {
        return name;
    }

    public int size() {
        return content.length;
    }

    /** The body of a request as {@code multipart/form-data}, with the name of the part that Jira expects. */
    public byte[] form(String boundary) {
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: " + contentType + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] form = new byte[head.length + content.length + tail.length];
        System.arraycopy(head, 0, form, 0, head.length);
        System.arraycopy(content, 0, form, head.length, content.length);
        System.arraycopy(tail, 0, form, head.length + content.length, tail.length);
        return form;
    }
}
