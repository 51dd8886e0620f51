using System.Globalization;

namespace Carillon.Testing;

/// <summary>How many inputs tests generate: few in every run, as many as CARILLON_INPUTS says on demand.</summary>
public static class InputCount
{
    /// <summary>The number of inputs.</summary>
    /// <param name="usual">What keeps the run short.</param>
    public static int Or(int usual)
    {
        return Environment.GetEnvironmentVariable("CARILLON_INPUTS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
    }
}
