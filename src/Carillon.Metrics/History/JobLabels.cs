namespace Carillon.Metrics;

/// <summary>What stands in labels for names that a job does not have.</summary>
public static class JobLabels
{
    /// <summary>Stands for a missing owner or category.</summary>
    public const string Unknown = "unknown";

    /// <summary>The value itself, or <see cref="Unknown"/> when it is null or empty.</summary>
    public static string OrUnknown(string? value)
    {
        return string.IsNullOrEmpty(value) ? Unknown : value;
    }
}
