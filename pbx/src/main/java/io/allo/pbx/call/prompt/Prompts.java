package io.allo.pbx.call.prompt;

import io.allo.io.sound.SoundLibrary;
import io.allo.io.sound.SoundLookup;
import io.allo.io.speech.SpeechText;
import io.allo.media.audio.ToneSequence;
import io.allo.media.audio.ToneZone;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.sdp.CodecName;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plays prompts and tones to {@link Call#channel}. One object serves all calls; each method runs on the call's thread. To
 * play to another of the call's channels, use {@link Call#runOn}.
 *
 * <p>A name may hold alternatives separated by {@code |}: the first that is recorded is played ({@code
 * digits/1F|digits/1}). A name that begins with {@code tts:} is a text that is spoken. What is not recorded is told as a problem of the call, {@code sound-missing}, and left out.
 */
public final class Prompts {

    /** Every key. */
    public static final String ANY_DIGIT = "0123456789*#ABCD";

    /** How long an answered channel may take until it can be heard (the ACK that brings the answer), milliseconds. */
    private static final long MEDIA_MS = 5_000;

    private final MediaPlane media;
    private final SoundLibrary sounds;
    private final String defaultZone;
    private final Voice voice;
    private final Music music;
    private final AtomicLong ids = new AtomicLong(Bridge.TONES);

    /**
     * Plays through this media plane what this library finds; the zone is that of channels that name none ("us", "fr"). Texts
     * are not spoken.
     */
    public Prompts(MediaPlane media, SoundLibrary sounds, String defaultZone) {
        this(media, sounds, defaultZone, Voice.NONE);
    }

    /** The same with a voice for texts ({@code tts:Bonjour}). */
    public Prompts(MediaPlane media, SoundLibrary sounds, String defaultZone, Voice voice) {
        this(media, sounds, defaultZone, voice, new Music(media, null));
    }

    /** The same with music on hold. */
    public Prompts(MediaPlane media, SoundLibrary sounds, String defaultZone, Voice voice, Music music) {
        this.music = music;
        this.media = media;
        this.sounds = sounds;
        this.defaultZone = defaultZone;
        this.voice = voice;
    }

    // ---- being heard

    /** Answers if need be, and waits until the channel can be heard. False if it can't. */
    public boolean answer(Call call) {
        var channel = call.channel();
        if (!channel.isHungUp() && !channel.isUp()) {
            stopTones(call);
            channel.answer();
        }
        return isAudible(call);
    }

    /** Sees that the channel can be heard: before an answer by early media. False if it can't, which is told. */
    public boolean isAudible(Call call) {
        return port(call) != null;
    }

    private @Nullable PortId port(Call call) {
        var channel = call.channel();
        if (channel.isHungUp()) {
            return null;
        }
        if (!channel.isUp()) {
            channel.progress();
        }
        var deadline = call.inMillis(MEDIA_MS);
        while (channel.media() == null && channel.isUp()) {
            if (call.await(deadline) == null) {
                break;
            }
        }
        var port = channel.media();
        if (port == null && !channel.isHungUp()) {
            call.problem(
                    "no-media",
                    channel.name() + " can't be played to: no sound was agreed upon",
                    channel.name() + " ne peut rien entendre : aucun son n'a été négocié");
        }
        return port;
    }

    // ---- sounds

    /** Plays sounds by their names to the end, whatever keys are pressed; these are lost. */
    public Played play(Call call, List<String> names) {
        return play(call, names, "");
    }

    /** Plays sounds by their names in the channel's language until one of these keys is pressed. Other keys are lost. */
    public Played play(Call call, List<String> names, String stopDigits) {
        return play(call, names, stopDigits, call.channel().language());
    }

    /** The same in another language. */
    public Played play(Call call, List<String> names, String stopDigits, String language) {
        var found = find(call, names, language);
        if (found.sounds().isEmpty()) {
            return Played.without(names.isEmpty() ? Played.End.COMPLETED : Played.End.NOTHING)
                    .missing(found.missing());
        }
        return play(call, new PlaySource.Sounds(found.sounds()), stopDigits).missing(found.missing());
    }

    /**
     * Speaks a text until one of these keys is pressed.
     *
     * @param speed 1 for the voice's own
     */
    public Played speak(Call call, String text, String language, double speed, String stopDigits) {
        var sound = spoken(call, new SpeechText(text, language, speed));
        return sound == null
                ? Played.without(Played.End.NOTHING).missing(List.of(Voice.PREFIX + text))
                : play(call, new PlaySource.Sounds(List.of(sound)), stopDigits);
    }

    /** Plays anything until one of these keys is pressed. */
    public Played play(Call call, PlaySource source, String stopDigits) {
        var playing = start(call, source);
        if (playing == null) {
            return Played.without(Played.End.NO_MEDIA);
        }
        try (playing) {
            while (true) {
                var digit = playing.awaitDigit(Long.MAX_VALUE);
                if (digit == null) {
                    return new Played(end(call, playing), (char) 0, playing.stop(), List.of());
                }
                if (stopDigits.indexOf(digit) >= 0) {
                    return new Played(Played.End.DIGIT, digit, 0, List.of());
                }
            }
        }
    }

    private static Played.End end(Call call, Playing playing) {
        if (playing.isCompleted()) {
            return Played.End.COMPLETED;
        }
        return call.channel().isHungUp() ? Played.End.NO_MEDIA : Played.End.REPLACED;
    }

    /** Begins to play and returns at once; null if the channel can't be heard. */
    public @Nullable Playing start(Call call, PlaySource source) {
        var port = port(call);
        if (port == null) {
            return null;
        }
        var id = ids.incrementAndGet();
        media.post(new MediaCommand.Play(port, id, source));
        return new Playing(media, call, port, id);
    }

    /** The sounds of these names as the channel would hear them; what is missing is told. */
    public FoundSounds find(Call call, List<String> names, String language) {
        var codec = codec(call);
        var found = new ArrayList<Sound>();
        var missing = new ArrayList<String>();
        for (var name : names) {
            var sound = find(call, name, language, codec);
            if (sound == null) {
                missing.add(name);
            } else {
                found.add(sound);
            }
        }
        return new FoundSounds(found, missing);
    }

    private static CodecName codec(Call call) {
        var codecs = call.channel().codecs();
        return codecs.isEmpty() ? CodecName.ULAW : codecs.getFirst();
    }

    /** What was found and which names were not. */
    public record FoundSounds(List<Sound> sounds, List<String> missing) {
        public FoundSounds {
            sounds = List.copyOf(sounds);
            missing = List.copyOf(missing);
        }
    }

    private @Nullable Sound find(Call call, String name, String language, CodecName codec) {
        if (name.startsWith(Voice.PREFIX)) {
            return spoken(call, SpeechText.of(name.substring(Voice.PREFIX.length()), language));
        }
        SoundLookup.Missing missing = null;
        for (var alternative : name.split("\\|")) {
            switch (sounds.find(alternative.strip(), language, codec)) {
                case SoundLookup.Found found -> {
                    return found.sound();
                }
                case SoundLookup.Missing nothing -> missing = missing == null ? nothing : missing;
            }
        }
        if (missing != null) {
            call.problem("sound-missing", missing.english(), missing.french());
        }
        return null;
    }

    private @Nullable Sound spoken(Call call, SpeechText text) {
        return voice.speak(call, text)
                .map(place -> find(call, place.toString(), "", codec(call)))
                .orElse(null);
    }

    // ---- tones

    /** Lets a tone sound while the dialplan goes on, until {@link #stopTones}, a prompt or a bridge takes its place. */
    public void startTones(Call call, ToneSequence tones) {
        var port = port(call);
        if (port != null) {
            media.post(new MediaCommand.Play(port, Bridge.TONES, new PlaySource.Tones(tones)));
        }
    }

    /** Ends what {@link #startTones} began. */
    public void stopTones(Call call) {
        var port = call.channel().media();
        if (port != null) {
            media.post(new MediaCommand.StopPlay(port, Bridge.TONES));
        }
    }

    /** A tone by its name (dial, busy, ring, ...) as the channel's country has it. */
    public Optional<ToneSequence> tone(Call call, String name) {
        var own = call.channel().toneZone();
        return ToneZone.of(own.isEmpty() ? defaultZone : own)
                .or(() -> ToneZone.of("us"))
                .flatMap(zone -> zone.tone(name));
    }

    /** Music on hold. */
    public Music music() {
        return music;
    }

    // ---- the other way

    /** Sends the channel's own sound back to it, or no longer. */
    public void echo(Call call, boolean on) {
        var port = on ? port(call) : call.channel().media();
        if (port != null) {
            media.post(new MediaCommand.Echo(port, on));
        }
    }

    /** Tells the script when somebody has talked and is silent again ({@link ChannelEvent.Talked}). */
    public void detectTalk(Call call, int talkMs, int silenceMs) {
        var port = port(call);
        if (port != null) {
            media.post(new MediaCommand.DetectTalk(port, true, talkMs, silenceMs));
        }
    }

    /** Listens for talk no longer. */
    public void ignoreTalk(Call call) {
        var port = call.channel().media();
        if (port != null) {
            media.post(new MediaCommand.DetectTalk(port, false, 0, 0));
        }
    }

    /** Sends digits to the far side and waits until they are out. False if the channel can't be heard. */
    public boolean sendDigits(Call call, String digits, int durationMs, int gapMs) {
        if (port(call) == null) {
            return false;
        }
        var channel = call.channel();
        channel.sendDigits(digits, durationMs, gapMs);
        var deadline = call.inMillis((long) digits.length() * (durationMs + gapMs) + MEDIA_MS);
        for (var received = call.await(deadline); received != null; received = call.await(deadline)) {
            if (received.channel() == channel && received.event() instanceof ChannelEvent.DigitsSent) {
                return true;
            }
        }
        return false;
    }
}
