"""What a bureau tells of many clients at once: four reports, a row a client, worked out of the rows of the store."""
