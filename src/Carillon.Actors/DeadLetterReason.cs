namespace Carillon.Actors;

/// <summary>Why a message reached nobody.</summary>
public enum DeadLetterReason
{
    /// <summary>The actor had stopped, or stopped before it came to the message.</summary>
    Stopped,

    /// <summary>The mailbox held as many messages as it may.</summary>
    MailboxFull,

    /// <summary>The reply came after the ask had ended.</summary>
    LateReply,

    /// <summary>Nobody is known under the name the message was for.</summary>
    NoRecipient,
}
