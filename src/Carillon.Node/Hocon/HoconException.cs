using System.Globalization;

namespace Carillon.Node.Hocon;

/// <summary>A HOCON text that cannot be read. The message is <c>file:line:column: sentence</c>.</summary>
public sealed class HoconException : Exception
{
    internal HoconException(HoconOrigin origin, string problem, Exception? inner = null)
        : base(Describe(origin, problem), inner)
    {
        Origin = origin;
        Problem = problem;
    }

    /// <summary>Where reading failed; line 0 when the file as a whole is at fault.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>The sentence without the position.</summary>
    public string Problem { get; }

    private static string Describe(HoconOrigin origin, string problem) => origin.Line == 0
        ? $"{origin.File}: {problem}"
        : string.Create(CultureInfo.InvariantCulture, $"{origin}:{origin.Column}: {problem}");
}
