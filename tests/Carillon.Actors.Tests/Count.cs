namespace Carillon.Actors.Tests;

internal sealed record Count(int Value);
