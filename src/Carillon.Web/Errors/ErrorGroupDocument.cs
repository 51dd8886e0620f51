using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>Errors of one kind.</summary>
internal sealed record ErrorGroupDocument
{
    /// <summary>Makes the document of a group.</summary>
    public ErrorGroupDocument(ErrorGroup group)
    {
        Fingerprint = group.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);
        Type = group.Sample.Result?.Error?.Type;
        Pattern = group.Sample.Result?.Error is { } error ? ErrorFingerprint.Template(error.Message) : null;
        Count = group.Count;
        FirstSeen = group.FirstSeen;
        LastSeen = group.LastSeen;
        JobIds = group.JobIds;
        JobCount = group.JobCount;
        Sample = new ErrorSampleDocument(group.Sample);
    }

    /// <summary>Names the kind.</summary>
    public string Fingerprint { get; }

    /// <summary>The type of the error.</summary>
    public string? Type { get; }

    /// <summary>The message without what differs from case to case.</summary>
    public string? Pattern { get; }

    /// <summary>How many attempts ended with it.</summary>
    public long Count { get; }

    /// <summary>When the first of them ended.</summary>
    public DateTimeOffset FirstSeen { get; }

    /// <summary>When the last of them ended.</summary>
    public DateTimeOffset LastSeen { get; }

    /// <summary>The jobs of which most of them are, at most ten.</summary>
    public IReadOnlyList<string> JobIds { get; }

    /// <summary>How many jobs have it.</summary>
    public int JobCount { get; }

    /// <summary>The last of them.</summary>
    public ErrorSampleDocument Sample { get; }
}
