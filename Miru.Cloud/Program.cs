// Placeholder entry point until the first hop lands.
return 0;
