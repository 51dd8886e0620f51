using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What stands in labels for names that a job does not have, and how long a label may be.</summary>
public static class JobLabels
{
    /// <summary>Stands for a missing owner or category.</summary>
    public const string Unknown = "unknown";

    /// <summary>The longest value of a label, in UTF-16 units.</summary>
    public const int MaxLength = 1_024;

    /// <summary>
    /// The value as labels show it, so that two that look the same are the same: without U+0000 and lone surrogates, cut
    /// to <see cref="MaxLength"/>; <see cref="Unknown"/> when it is null or empty.
    /// </summary>
    public static string OrUnknown(string? value)
    {
        return string.IsNullOrEmpty(value) ? Unknown : StoredText.Clean(value, MaxLength);
    }
}
