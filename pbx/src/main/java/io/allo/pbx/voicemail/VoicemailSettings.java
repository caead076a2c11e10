package io.allo.pbx.voicemail;

import io.allo.media.audio.SoundFormat;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * voicemail.conf. Immutable.
 *
 * @param general {@code [general]}
 * @param formats of {@code format}, in order; never empty
 * @param boxes the mailboxes of all contexts
 */
public record VoicemailSettings(OptionValues general, List<SoundFormat> formats, Map<MailboxName, VoicemailBox> boxes) {

    /** As if there were no file: no mailbox. */
    public static final VoicemailSettings DEFAULT =
            new VoicemailSettings(OptionValues.DEFAULT, List.of(SoundFormat.WAV), Map.of());

    public VoicemailSettings {
        formats = List.copyOf(formats);
        boxes = Map.copyOf(boxes);
    }

    /** A mailbox by its name; with {@code searchcontexts} one of its number in any context. */
    public Optional<VoicemailBox> box(MailboxName name) {
        var exact = Optional.ofNullable(boxes.get(name));
        if (exact.isPresent() || !general.yes(VoicemailOption.SEARCHCONTEXTS)) {
            return exact;
        }
        return sorted().stream()
                .filter(box -> box.name().box().equals(name.box()))
                .findFirst();
    }

    /** All mailboxes, by context and number. */
    public Collection<VoicemailBox> sorted() {
        var sorted = new TreeMap<String, VoicemailBox>();
        boxes.forEach((name, box) -> sorted.put(name.context() + "\0" + name.box(), box));
        return sorted.values();
    }
}
