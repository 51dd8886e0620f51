namespace Carillon.Hosting;

/// <summary>One thing that is wrong with the settings of a node.</summary>
/// <param name="Key">
/// The key at fault as configuration files write it, list elements numbered from 0:
/// <c>carillon.jobs.2.retry.wait-min</c>. Where something is missing, it is the key that is missing.
/// </param>
/// <param name="Sentence">What is wrong: the key or the job, the value, and what is allowed.</param>
public sealed record OptionsProblem(string Key, string Sentence)
{
    /// <summary>A problem whose sentence begins with the key.</summary>
    internal static OptionsProblem At(string key, string rest)
    {
        return new OptionsProblem(key, $"{key} {rest}");
    }

    /// <summary>A problem whose sentence begins with the key, as others have written it.</summary>
    internal static OptionsProblem Of(string sentence)
    {
        return new OptionsProblem(sentence[..sentence.IndexOf(' ', StringComparison.Ordinal)].TrimEnd(':'), sentence);
    }
}
