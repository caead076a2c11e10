package io.allo.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The codecs that an endpoint allows, in order of preference, as {@code allow=} and {@code disallow=} build it up line
 * by line: {@code disallow=all}, {@code allow=!all,ulaw,alaw}, {@code allow=ulaw&g722}, {@code allow=ulaw:30}. A codec
 * already in the list keeps its place. Immutable.
 */
public record CodecList(List<Choice> choices) {

    /** One allowed codec and the packet length in ms that we like for it, if the setting names one. */
    public record Choice(CodecName codec, OptionalInt ptimeMs) {}

    /** The list after a setting, and what was wrong with the setting, in words for an administrator. */
    public record Change(CodecList list, List<String> problems) {

        public Change {
            problems = List.copyOf(problems);
        }
    }

    /** Nothing allowed: {@code disallow=all}. */
    public static final CodecList NONE = new CodecList(List.of());

    public CodecList {
        choices = List.copyOf(choices);
    }

    /** These, the first preferred, with no wish for a packet length. */
    public static CodecList of(CodecName... codecs) {
        var choices = new ArrayList<Choice>();
        for (CodecName codec : codecs) {
            choices.add(new Choice(codec, OptionalInt.empty()));
        }
        return new CodecList(choices);
    }

    /** The list that one {@code allow=} line makes from nothing. */
    public static Change parse(String allowed) {
        return NONE.allow(allowed);
    }

    /** What a line {@code allow=value} makes of this list; an unknown name is a problem and the rest counts. */
    public Change allow(String value) {
        return change(value, true);
    }

    /** What a line {@code disallow=value} makes of this list; {@code all} empties it. */
    public Change disallow(String value) {
        return change(value, false);
    }

    /** The codecs alone, the preferred first. */
    public List<CodecName> codecs() {
        return choices.stream().map(Choice::codec).toList();
    }

    /** Whether this codec may be spoken. */
    public boolean contains(CodecName codec) {
        return choice(codec).isPresent();
    }

    /** How this codec is allowed; empty if it is not. */
    public Optional<Choice> choice(CodecName codec) {
        return choices.stream().filter(c -> c.codec() == codec).findFirst();
    }

    /** The Asterisk names, as {@code ulaw, alaw}; {@code none} for the empty list. */
    public String names() {
        return choices.isEmpty()
                ? "none"
                : choices.stream().map(c -> c.codec().asteriskName()).collect(Collectors.joining(", "));
    }

    private Change change(String value, boolean allow) {
        var changed = new ArrayList<>(choices);
        var problems = new ArrayList<String>();
        for (String item : value.split("[,&|\\s]+")) {
            boolean not = item.startsWith("!");
            String word = (not ? item.substring(1) : item).toLowerCase(Locale.ROOT);
            if (!word.isEmpty()) {
                one(changed, word, allow != not, problems);
            }
        }
        return new Change(new CodecList(changed), problems);
    }

    private static void one(List<Choice> changed, String word, boolean allow, List<String> problems) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        OptionalInt ptimeMs = colon < 0 ? OptionalInt.empty() : ptime(word, word.substring(colon + 1), problems);
        if (name.equals("all")) {
            if (allow) {
                for (CodecName codec : CodecName.values()) {
                    add(changed, new Choice(codec, ptimeMs));
                }
            } else {
                changed.clear();
            }
            return;
        }
        var codec = CodecName.ofAsterisk(name);
        if (codec.isEmpty()) {
            notAudio(name).ifPresentOrElse(problems::add, () -> problems.add(unknown(name)));
        } else if (allow) {
            add(changed, new Choice(codec.get(), ptimeMs));
        } else {
            changed.removeIf(c -> c.codec() == codec.get());
        }
    }

    private static void add(List<Choice> changed, Choice choice) {
        if (changed.stream().noneMatch(c -> c.codec() == choice.codec())) {
            changed.add(choice);
        }
    }

    private static OptionalInt ptime(String word, String number, List<String> problems) {
        var ms = SdpNumbers.number(number, MAX_PTIME_MS);
        if (ms.isEmpty() || ms.getAsInt() < MIN_PTIME_MS) {
            problems.add("packet length in \"" + word + "\" must be " + MIN_PTIME_MS + " to " + MAX_PTIME_MS
                    + " milliseconds; the usual 20 is used");
            return OptionalInt.empty();
        }
        return ms;
    }

    private static Optional<String> notAudio(String name) {
        return switch (name) {
            case "none" -> Optional.of("\"none\" is no codec; disallow=all allows none");
            case "h261", "h263", "h263p", "h264", "h265", "mpeg4", "vp8", "vp9", "jpeg", "png" ->
                Optional.of("codec \"" + name + "\" is for video, which is not supported; it is left out");
            case "t140", "t140red", "red" ->
                Optional.of("codec \"" + name + "\" is for text, which is not supported; it is left out");
            default -> Optional.empty();
        };
    }

    private static String unknown(String name) {
        return "unknown codec \"" + name + "\"; known are " + String.join(", ", CodecName.asteriskNames());
    }

    static final int MIN_PTIME_MS = 10;
    static final int MAX_PTIME_MS = 300;
}
