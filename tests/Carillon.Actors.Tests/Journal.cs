namespace Carillon.Actors.Tests;

/// <summary>What the actors of a test noted, in order, as "who:what".</summary>
internal sealed class Journal
{
    private readonly List<string> _entries = [];

    internal string[] All => [.. _entries];

    internal string Last => _entries[^1];

    internal void Add(string entry) => _entries.Add(entry);

    internal bool Has(string entry) => _entries.Contains(entry, StringComparer.Ordinal);

    internal int Count(string entry) => _entries.Count(x => string.Equals(x, entry, StringComparison.Ordinal));

    /// <summary>What one of them noted, without its name.</summary>
    internal string[] Of(string who)
    {
        var prefix = who + ":";
        return [.. _entries.Where(x => x.StartsWith(prefix, StringComparison.Ordinal)).Select(x => x[prefix.Length..])];
    }

    /// <summary>What was noted since the last call.</summary>
    internal string[] Take()
    {
        var all = All;
        _entries.Clear();
        return all;
    }
}
