package io.allo.pbx.voicemail;

import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of voicemail.conf that act, each with its type and default. Those of a mailbox ({@link #isOfMailbox}) may also stand in
 * {@code [general]}, where they count for all mailboxes that do not say otherwise.
 */
public enum VoicemailOption {
    // ---- [general] alone
    /** Sound formats of a message, separated by {@code |} or a comma; the first is attached to mails. */
    FORMAT("format", false, OptionType.TEXT, "wav"),
    /** Seconds of silence that end a message; 0: none do. */
    MAXSILENCE("maxsilence", false, OptionType.integer(0, 3_600), 10),
    /** Seconds of a greeting; 0: no limit. */
    MAXGREET("maxgreet", false, OptionType.integer(0, 86_400), 0),
    /** Wrong PINs in one call. */
    MAXLOGINS("maxlogins", false, OptionType.integer(1, 100), 3),
    /** Milliseconds that a key moves in a message. */
    SKIPMS("skipms", false, OptionType.integer(100, 600_000), 3_000),
    /** Digits of a new PIN at least. */
    MINPASSWORD("minpassword", false, OptionType.integer(0, 80), 4),
    /** Messages and greetings, and mails that wait, are encrypted where they lie, by the keys of seal.keys; allo's own. */
    SEAL("seal", false, OptionType.YES_NO, false),
    /** The charset of mails. */
    CHARSET("charset", false, OptionType.NAME, "UTF-8"),
    /** VM_DATE in mails, as strftime has it; empty: that of the mailbox's language. */
    EMAILDATEFORMAT("emaildateformat", false, OptionType.TEXT, ""),
    /** VM_DATE in short mails to pagers. */
    PAGERDATEFORMAT("pagerdateformat", false, OptionType.TEXT, ""),
    /** The sender's name of short mails. */
    PAGERFROMSTRING("pagerfromstring", false, OptionType.TEXT, ""),
    /** The subject of short mails; empty: that of the mailbox's language. */
    PAGERSUBJECT("pagersubject", false, OptionType.TEXT, ""),
    /** The text of short mails; empty: that of the mailbox's language. */
    PAGERBODY("pagerbody", false, OptionType.TEXT, ""),
    /** Recipients of a forwarded message may be found by name. */
    USEDIRECTORY("usedirectory", false, OptionType.YES_NO, false),
    /** Mailboxes are looked for in all contexts. */
    SEARCHCONTEXTS("searchcontexts", false, OptionType.YES_NO, false),
    /** The sender's name of mails. */
    FROMSTRING("fromstring", true, OptionType.TEXT, ""),
    /** The sender's address of mails. */
    SERVEREMAIL("serveremail", true, OptionType.TEXT, "allo"),
    /** The subject of mails; empty: that of the mailbox's language. */
    EMAILSUBJECT("emailsubject", true, OptionType.TEXT, ""),
    /** The text of mails; empty: that of the mailbox's language. */
    EMAILBODY("emailbody", true, OptionType.TEXT, ""),

    // ---- of a mailbox
    /** The language of its mails; empty: that of the caller's call. */
    LANGUAGE("language", true, OptionType.TEXT, ""),
    /** The section of {@code [zonemessages]}; empty: the system's time. */
    TZ("tz", true, OptionType.TEXT, ""),
    /** Messages in a folder at most. */
    MAXMSG("maxmsg", true, OptionType.integer(1, 9_999), 100),
    /** Seconds of a message; 0: no limit. */
    MAXSECS("maxsecs", true, OptionType.integer(0, 86_400), 0),
    /** A message of fewer seconds is not kept. */
    MINSECS("minsecs", true, OptionType.integer(0, 3_600), 0),
    /** The message goes with the mail. */
    ATTACH("attach", true, OptionType.YES_NO, true),
    /** The format that goes with the mail; empty: the first of {@code format}. */
    ATTACHFMT("attachfmt", true, OptionType.TEXT, ""),
    /** The message is only mailed, not kept. */
    DELETE("delete", true, OptionType.YES_NO, false),
    /** Callers may hear, record again or mark what they said. */
    REVIEW("review", true, OptionType.YES_NO, false),
    /** Key 0 leads callers to the extension {@code o}. */
    OPERATOR("operator", true, OptionType.YES_NO, false),
    /** Who called is said before each message. */
    SAYCID("saycid", true, OptionType.YES_NO, false),
    /** How long it is, is said before each message. */
    SAYDURATION("sayduration", true, OptionType.YES_NO, true),
    /** From so many minutes on. */
    SAYDURATIONM("saydurationm", true, OptionType.integer(1, 600), 2),
    /** When it came is said before each message. */
    ENVELOPE("envelope", true, OptionType.YES_NO, true),
    /** Heard messages go to the folder Old. */
    MOVEHEARD("moveheard", true, OptionType.YES_NO, true),
    /** After deleting or saving a message the next one is played. */
    NEXTAFTERCMD("nextaftercmd", true, OptionType.YES_NO, false),
    /** A new owner must record a name. */
    FORCENAME("forcename", true, OptionType.YES_NO, false),
    /** A new owner must record greetings. */
    FORCEGREETINGS("forcegreetings", true, OptionType.YES_NO, false),
    /** Not in the directory. */
    HIDEFROMDIR("hidefromdir", true, OptionType.YES_NO, false),
    /** Messages may be sent from the mailbox. */
    SENDVOICEMAIL("sendvoicemail", true, OptionType.YES_NO, false),
    /** The context in which a message's caller is called back; empty: not at all. */
    CALLBACK("callback", true, OptionType.TEXT, ""),
    /** The context for calls from the mailbox; empty: none. */
    DIALOUT("dialout", true, OptionType.TEXT, ""),
    /** The context of the extensions {@code o} and {@code a}; empty: where the call is. */
    EXITCONTEXT("exitcontext", true, OptionType.TEXT, ""),
    /** A temporary greeting is announced to its owner. */
    TEMPGREETWARN("tempgreetwarn", true, OptionType.YES_NO, true),
    /** From the last message one comes to the first. */
    MESSAGEWRAP("messagewrap", true, OptionType.YES_NO, false),
    /** Deleted messages that are kept in the folder Deleted; 0 or no: none, yes: as many as maxmsg. */
    BACKUPDELETED("backupdeleted", true, OptionType.TEXT, "0"),
    /** Decibels that messages are made louder. */
    VOLGAIN("volgain", true, OptionType.decimal(-40, 40), 0.0);

    private final String label;
    private final boolean ofMailbox;
    private final OptionType<?> type;
    private final Object fallback;

    <T> VoicemailOption(String label, boolean ofMailbox, OptionType<T> type, T fallback) {
        this.label = label;
        this.ofMailbox = ofMailbox;
        this.type = type;
        this.fallback = fallback;
    }

    /** As it is written. */
    public String label() {
        return label;
    }

    /** Whether a mailbox may have its own. */
    public boolean isOfMailbox() {
        return ofMailbox;
    }

    OptionType<?> type() {
        return type;
    }

    Object fallback() {
        return fallback;
    }

    /** The option of a mailbox of this name, older names included. */
    static Optional<VoicemailOption> ofMailbox(String name) {
        var folded = name.toLowerCase(Locale.ROOT);
        var known = folded.equals("maxmessage") ? "maxsecs" : folded.equals("deletevoicemail") ? "delete" : folded;
        return Arrays.stream(values())
                .filter(option -> option.ofMailbox && option.label.equals(known))
                .findFirst();
    }

    static List<String> labelsOfMailbox() {
        return Arrays.stream(values())
                .filter(VoicemailOption::isOfMailbox)
                .map(VoicemailOption::label)
                .toList();
    }

    /** What does nothing here, and why. */
    static final List<Inert> INERT = List.of(
            new Inert("mailcmd", "mails go by SMTP (mail.conf)", "les courriels partent par SMTP (mail.conf)"),
            new Inert(
                    "externnotify",
                    "no program is run when a message comes",
                    "aucun programme n'est lancé à l'arrivée d'un message"),
            new Inert(
                    "externpass",
                    "changed PINs are kept in allo's database",
                    "les codes changés sont gardés dans la base d'allo"),
            new Inert(
                    "externpassnotify",
                    "changed PINs are kept in allo's database",
                    "les codes changés sont gardés dans la base d'allo"),
            new Inert(
                    "externpasscheck",
                    "minpassword says how long PINs must be",
                    "minpassword fixe la longueur des codes"),
            new Inert(
                    "passwordlocation",
                    "changed PINs are kept in allo's database",
                    "les codes changés sont gardés dans la base d'allo"),
            new Inert(
                    "silencethreshold",
                    "talk is told from noise without a threshold",
                    "la parole est distinguée du bruit sans seuil"),
            new Inert(
                    "pollmailboxes",
                    "counts are read from the disk each time",
                    "les compteurs sont lus sur le disque à chaque fois"),
            new Inert(
                    "pollfreq",
                    "counts are read from the disk each time",
                    "les compteurs sont lus sur le disque à chaque fois"),
            new Inert("userscontext", "users.conf is not read", "users.conf n'est pas lu"),
            new Inert(
                    "directoryintro", "the directory has its own introduction", "l'annuaire a sa propre introduction"),
            new Inert(
                    "cidinternalcontexts",
                    "callers with a mailbox are said by their names",
                    "les appelants qui ont une boîte sont annoncés par leur nom"),
            new Inert("odbcstorage", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("odbctable", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("imapserver", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("imapport", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("imapflags", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("imapfolder", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("authuser", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("authpassword", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("imapuser", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("imappassword", "messages are kept in files", "les messages sont gardés dans des fichiers"),
            new Inert("adsifdn", "ADSI telephones are not served", "les téléphones ADSI ne sont pas pris en charge"),
            new Inert("adsisec", "ADSI telephones are not served", "les téléphones ADSI ne sont pas pris en charge"),
            new Inert("adsiver", "ADSI telephones are not served", "les téléphones ADSI ne sont pas pris en charge"),
            new Inert("smdienable", "SMDI lines are not served", "les lignes SMDI ne sont pas prises en charge"),
            new Inert("smdiport", "SMDI lines are not served", "les lignes SMDI ne sont pas prises en charge"),
            new Inert("aliasescontext", "aliases of mailboxes are not read", "les alias de boîtes ne sont pas lus"),
            new Inert("locale", "mails are in the mailbox's language", "les courriels sont dans la langue de la boîte"),
            new Inert("pbxskip", "subjects have no [PBX]", "les sujets ne portent pas [PBX]"),
            new Inert("sendmail", "mails go by SMTP (mail.conf)", "les courriels partent par SMTP (mail.conf)"),
            new Inert("listen-control-forward-key", "# moves forward", "# avance"),
            new Inert("listen-control-reverse-key", "* moves back", "* recule"),
            new Inert("listen-control-pause-key", "0 pauses", "0 met en pause"),
            new Inert("listen-control-restart-key", "2 begins again", "2 reprend au début"),
            new Inert("listen-control-stop-key", "the other keys stop", "les autres touches arrêtent"));

    /** An option that Asterisk has and allo does not act on. */
    record Inert(String name, Text why) {
        Inert(String name, String en, String fr) {
            this(name, new Text(en, fr));
        }
    }
}
