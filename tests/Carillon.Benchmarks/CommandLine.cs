using System.Globalization;

namespace Carillon.Benchmarks;

/// <summary>The options behind a verb: <c>--name value</c>, or <c>--name</c> alone for a switch.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string?> _options = new(StringComparer.Ordinal);

    /// <summary>Reads the options.</summary>
    /// <param name="args">Everything on the command line, the verb first.</param>
    /// <param name="known">The options that the verb takes.</param>
    /// <exception cref="UsageException">An option is not one of them.</exception>
    public CommandLine(string[] args, params string[] known)
    {
        Text = string.Join(' ', args);
        for (var i = 1; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : null;
            if (name is null || !known.Contains(name, StringComparer.Ordinal))
            {
                throw new UsageException($"'{args[i]}' is not an option of {args[0]}: it takes {string.Join(", ", known.Select(static option => "--" + option))}");
            }

            var hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            _options[name] = hasValue ? args[++i] : null;
        }
    }

    /// <summary>The command line as it was typed.</summary>
    public string Text { get; }

    /// <summary>Whether a switch is there.</summary>
    public bool Has(string name)
    {
        return _options.ContainsKey(name);
    }

    /// <summary>A whole number.</summary>
    public int Number(string name, int otherwise, int min, int max)
    {
        if (!_options.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--{name} '{text}' is not allowed: {min} to {max}"));
    }

    /// <summary>One of some words.</summary>
    public string? Word(string name, string? otherwise, params string[] allowed)
    {
        if (!_options.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        return allowed.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new UsageException($"--{name} '{text}' is not allowed: {string.Join(", ", allowed)}");
    }
}
