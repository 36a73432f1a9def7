package io.faradaybridge.link;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The links that are due, leased for whoever asks: the door of {@link IssueLinks} for the detector. */
@Component
public class DueLinks {

    private final IssueLinks links;

    DueLinks(IssueLinks links) {
        this.links = links;
    }

    /** @param versions the mapping versions of the projects at work, by key */
    public List<LinkWork> claim(Map<String, String> versions, int limit) {
        return links.claimDue(versions, limit).stream()
                .map(claimed -> LinkWork.leased(claimed.link(), claimed.token(), correlation(claimed.link())))
                .toList();
    }

    /** A link with unseen hints goes on under the newest hint's id, so that the story stays one. */
    private static String correlation(IssueLink link) {
        String ofHint = link.hintCorrelation();
        return ofHint != null && link.hints() != link.hintsSeen()
                ? ofHint
                : UUID.randomUUID().toString();
    }
}
