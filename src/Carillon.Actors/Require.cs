namespace Carillon.Actors;

/// <summary>Refuses an option out of bounds, naming it, its value and what is allowed.</summary>
internal static class Require
{
    internal static void That(bool isAllowed, string name, object value, string allowed)
    {
        if (!isAllowed)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {allowed}.");
        }
    }
}
