"""What is to be packed and shipped, and what has left."""
